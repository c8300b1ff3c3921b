"""The question bank, quizzes, and what learners answered."""

from preau.learn.quizzes.models.attempts import Attachment, Attempt, Response
from preau.learn.quizzes.models.bank import Category, Question, QuestionImport, QuestionVersion
from preau.learn.quizzes.models.quiz import Override, Quiz

__all__ = [
    "Attachment",
    "Attempt",
    "Category",
    "Override",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "Quiz",
    "Response",
]
