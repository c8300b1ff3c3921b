"""Takes the sample course into a site; a process of its own, for it loads Django.

Prints, as JSON, what is known of the site. The runs' ids begin with 1, as the made-up ones do.
"""

import json
import platform
from pathlib import Path

import django

django.setup()

from benchmarks.site import database_version  # noqa: E402
from preau.learn.courses.folder import read_course  # noqa: E402
from preau.learn.courses.imports import import_course  # noqa: E402

SAMPLE = Path(__file__).parents[2] / "samples" / "introduction-telecoms"

if __name__ == "__main__":
    document, _unused = read_course(SAMPLE)
    import_course(document, SAMPLE)
    found = {
        "database": database_version(),
        "python": platform.python_version(),
        "django": django.get_version(),
    }
    print(json.dumps(found))
