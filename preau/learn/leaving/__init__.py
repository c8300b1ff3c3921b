"""A person leaves: what is theirs is handed to them, and erased, with a report that proves it."""
