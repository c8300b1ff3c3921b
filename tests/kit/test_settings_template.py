"""The file a new site begins with."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from preau.kit.settings_schema import SECTIONS, SETTINGS
from preau.kit.settings_template import settings_template


def test_every_setting_is_there_with_its_default_and_none_is_set():
    text = settings_template({})
    assert tomllib.loads(text) == {section: {} for section in SECTIONS}
    bare = text.replace("\n# ", "\n")
    for setting in SETTINGS:
        assert setting.secret or f"\n{setting.name} = " in bare


def test_without_its_signs_it_says_the_defaults():
    lines = settings_template({}).splitlines()
    text = "\n".join(line.removeprefix("# ") if " = " in line else line for line in lines[3:])
    said = tomllib.loads(text)
    for setting in SETTINGS:
        if not setting.secret:
            assert said[setting.section][setting.name] == setting.default


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])), st.booleans())
def test_what_is_chosen_is_set(name, demo):
    said = tomllib.loads(settings_template({"site.name": name, "site.demo": demo}))
    assert said["site"] == {"name": name, "demo": demo}
