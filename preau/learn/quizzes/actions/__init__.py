"""What people do with quizzes. Each action is one transaction and safe to repeat."""
