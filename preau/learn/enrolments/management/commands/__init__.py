"""The site's commands for enrolments."""
