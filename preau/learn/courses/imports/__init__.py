"""Taking a course document into the database, and making one from it."""

from preau.learn.courses.imports.actions import import_course
from preau.learn.courses.imports.report import Change, ImportReport
from preau.learn.courses.imports.stored import stored_course

__all__ = ["Change", "ImportReport", "import_course", "stored_course"]
