"""A thousand learners open the same quiz within ten seconds."""
