"""A short text in the outline."""
