"""The site's own commands for questions."""
