"""The site's commands for notifications and housekeeping."""
