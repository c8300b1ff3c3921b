"""The commands of leaving."""
