"""Marks: what learners earned, for them, for their teachers, for a gradebook to come."""
