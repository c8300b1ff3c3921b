"""Moodle XML, the format in which Moodle exports its question bank whole.

Source: Moodle's documentation of the format, and what Moodle 4 and 5 write.
"""

from preau.kit.questions.formats.moodle_xml.read import KEY, looks_like, read
from preau.kit.questions.formats.moodle_xml.write import write

__all__ = ["KEY", "looks_like", "read", "write"]
