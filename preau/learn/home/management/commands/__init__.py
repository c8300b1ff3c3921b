"""The site's commands that gather several apps."""
