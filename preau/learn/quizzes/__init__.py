"""Questions, quizzes, attempts."""
