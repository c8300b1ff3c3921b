"""Static files under names that tell their content, so that browsers keep them for good."""

import os
from pathlib import Path

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import File


class HashedFiles(ManifestStaticFilesStorage):
    """Django's hashed names, gathered while the site is being served.

    A file is there whole or not at all and is never taken away: the pages of the release
    before still ask for theirs. ``preau`` removes what no release names any more.
    """

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one of a file that was not gathered, as in tests."""
        try:
            return str(super().stored_name(name))
        except ValueError:  # a page without its icon is better than none
            return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: what is there is replaced."""
        return name

    def delete(self, name: str) -> None:
        """Nothing; ``_save`` replaces."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with draft.open("wb") as stream:
            for chunk in content.chunks():
                stream.write(chunk)
        draft.chmod(0o644)
        draft.replace(path)
        return name
