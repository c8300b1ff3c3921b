"""French and English are complete."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

import preau.learn

PACKAGE = Path(preau.learn.__file__).parent
FRENCH = PACKAGE / "locale/fr/LC_MESSAGES/django.po"


def test_every_french_message_is_there_and_none_is_doubtful():
    catalogue = polib.pofile(str(FRENCH))
    assert catalogue.untranslated_entries() == []
    assert catalogue.fuzzy_entries() == []


def test_the_compiled_catalogue_is_that_of_the_source():
    compiled = polib.mofile(str(FRENCH.with_suffix(".mo")))
    source = polib.pofile(str(FRENCH))
    assert {(it.msgid, it.msgstr) for it in compiled} == {(it.msgid, it.msgstr) for it in source}


def test_placeholders_survive_translation():
    import re

    for entry in polib.pofile(str(FRENCH)):
        wanted = sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", entry.msgid))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text)) == wanted or (
                entry.msgid_plural
            ), entry.msgid


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="no gettext: apt-get install gettext")
def test_every_text_of_the_site_is_in_the_catalogue(tmp_path):
    copy = tmp_path / "learn"
    shutil.copytree(PACKAGE, copy)
    known = {(it.msgid, it.msgid_plural) for it in polib.pofile(str(FRENCH))}
    command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "--no-obsolete"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = polib.pofile(str(copy / "locale/fr/LC_MESSAGES/django.po"))
    missing = {(it.msgid, it.msgid_plural) for it in found} - known
    assert missing == set(), "run: cd preau/learn && python -m preau.learn makemessages -l fr"
