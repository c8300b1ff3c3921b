"""The site's commands about courses."""
