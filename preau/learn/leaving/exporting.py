"""What is kept of a person, as an archive for them."""

import zipfile
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import override

from preau.learn.accounts.leaver import leaver
from preau.learn.accounts.models import Person
from preau.learn.leaving.everyone import everyone


def write_archive(person: Person, target: IO[bytes] | Path) -> int:
    """Write the archive; how many files are in it."""
    who, count = leaver(person), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with override(who.language or settings.LANGUAGE_CODE):
            archive.writestr("README.txt", _about())
        for app in everyone().values():
            for it in app.export(who):
                folder, _slash, name = it.path.rpartition("/")
                path = f"{folder}/{get_valid_filename(name)}" if folder else name
                if isinstance(it.content, Path):
                    archive.write(it.content, path)
                else:
                    archive.writestr(path, it.content)
                count += 1
    return count


def _about() -> str:
    text = _(
        "What %(site)s keeps of you. Tables (.csv) open in any spreadsheet; the other texts "
        "(.json) in any editor. Files that you handed in are in the folder “files”. Events of "
        "today are added tomorrow."
    )
    return text % {"site": settings.SITE_NAME} + "\n"
