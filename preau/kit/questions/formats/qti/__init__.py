"""IMS QTI: items and content packages of QTI 2.1, 2.2 and 3.0; packages of 3.0 are written.

Source: 1EdTech's information models and best practice guides of QTI 2.1, 2.2 and 3.0.
"""

from preau.kit.questions.formats.qti.read import KEY, looks_like, read
from preau.kit.questions.formats.qti.write import write

__all__ = ["KEY", "looks_like", "read", "write"]
