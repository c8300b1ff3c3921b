"""Item analysis: how a quiz and each of its questions did, from marks alone.

The names are Moodle's, and so are the formulas unless a docstring says otherwise: [Moodle] is
“Quiz statistics calculations”, https://docs.moodle.org/dev/Quiz_statistics_calculations. Shares
and weights are fractions (0.5, not 50 %). What is not defined is None: the spread of one
attempt, a correlation with something that never differs.
"""

from preau.kit.questions.analysis.attempts import Attempt, totals_of
from preau.kit.questions.analysis.bins import histogram
from preau.kit.questions.analysis.chosen import Chosen, distractors
from preau.kit.questions.analysis.indices import Analysis, analyse
from preau.kit.questions.analysis.item import Item
from preau.kit.questions.analysis.quiz import Quiz

__all__ = [
    "Analysis",
    "Attempt",
    "Chosen",
    "Item",
    "Quiz",
    "analyse",
    "distractors",
    "histogram",
    "totals_of",
]
