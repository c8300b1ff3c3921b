"""A course as a folder of files: reading it, checking it, writing it."""

from preau.learn.courses.folder.document import (
    ActivityDocument,
    CourseDocument,
    FileDocument,
    RunDocument,
    SectionDocument,
)
from preau.learn.courses.folder.problems import CourseFolderError, Problem
from preau.learn.courses.folder.read import read_course
from preau.learn.courses.folder.write import write_course

__all__ = [
    "ActivityDocument",
    "CourseDocument",
    "CourseFolderError",
    "FileDocument",
    "Problem",
    "RunDocument",
    "SectionDocument",
    "read_course",
    "write_course",
]
