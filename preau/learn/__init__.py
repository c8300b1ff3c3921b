"""The site where learners follow a course."""
