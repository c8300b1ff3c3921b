"""What a format could not carry, found by reading back what was written."""

from preau.kit.questions.question import Question

_NAMED = {
    "name": "name", "stem": "formatting of the question", "mark": "mark", "penalty": "penalty",
    "hints": "hints", "category": "category", "tags": "tags", "number": "number",
    "body": "formatting, feedback or settings of the answers",
}  # fmt: skip
_FEEDBACK = {"right": "right", "partly": "partly right", "wrong": "wrong", "general": "all"}


def losses(question: Question, again: Question, format_: str) -> list[str]:
    """A sentence for each part of a question that did not come back as it was."""
    mine, theirs = question.to_data(), again.to_data()
    lost = [words for key, words in _NAMED.items() if mine[key] != theirs[key]]
    lost += [
        f"feedback to {words} answers"
        for key, words in _FEEDBACK.items()
        if mine["feedback"][key] != theirs["feedback"][key]
    ]
    if question.files:
        lost.append("images")
    return [f"{format_} has no place for the {words}." for words in lost]
