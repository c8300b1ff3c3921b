"""What a page of questions sends as a form."""

from collections.abc import Iterable

from django.http import QueryDict

from preau.learn.quizzes.actions.answering import Change
from preau.learn.quizzes.answers import answer_key, read_answer
from preau.learn.quizzes.marking import behaviour_of
from preau.learn.quizzes.pages.question import QuestionOnPage


def changes_in(sent: QueryDict, questions: Iterable[QuestionOnPage]) -> list[Change]:
    """The answers that differ from those the form was made with.

    A question is only read where the form says from which answer it was made (``q3-base``).
    Raises ``AnswerError`` for an answer that no form of ours would send.
    """
    found = []
    for it in questions:
        base = sent.get(f"{it.prefix}base")
        if base is None or it.done:
            continue

        def values(name: str, it: QuestionOnPage = it) -> list[str]:
            return sent.getlist(f"{it.prefix}{name}")

        answer = read_answer(it.body, values, behaviour_of(it.attempt).certainty, it.mask)
        if answer_key(answer) != base:
            found.append(Change(it.slot, answer, base))
    return found
