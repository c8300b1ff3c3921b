"""Views of quizzes: each parses, calls, renders."""
