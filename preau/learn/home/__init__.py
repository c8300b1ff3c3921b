"""Pages that gather several apps: landing, catalogue, a course's public page, my dashboard."""
