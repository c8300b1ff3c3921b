"""From lines of any web server's log to fields."""
