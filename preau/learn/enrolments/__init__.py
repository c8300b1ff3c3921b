"""Following a run: who is enrolled, what they completed, what they keep beside it."""
