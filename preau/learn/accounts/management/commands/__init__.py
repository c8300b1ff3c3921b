"""The site's commands for accounts."""
