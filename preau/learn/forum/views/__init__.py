"""Reading threads, writing in them, keeping order."""
