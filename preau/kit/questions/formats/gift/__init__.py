"""GIFT, the plain text in which people write questions by hand.

Source: Moodle's documentation of the format.
"""

from preau.kit.questions.formats.gift.read import KEY, looks_like, read
from preau.kit.questions.formats.gift.write import write

__all__ = ["KEY", "looks_like", "read", "write"]
