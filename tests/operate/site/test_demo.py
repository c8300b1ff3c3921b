"""Preparing the demonstration."""

import json
import stat

import pytest

from preau.kit.errors import PreauError
from preau.operate.site import demo
from preau.operate.site.demo import prepare_demo
from preau.operate.site.folder import make_site


@pytest.fixture
def asked(monkeypatch):
    """Which management commands were run; ``demo_load`` answers with one person."""
    words_of: list[str] = []
    said = json.dumps({"people": [{"name": "Ada"}]})

    def answer(_site, *words):
        words_of.append(words[0])
        return f"a line before\n{said}\n"

    monkeypatch.setattr("preau.operate.site.setup.ask_learn", answer)
    monkeypatch.setattr(demo, "ask_learn", answer)
    return words_of


def test_it_is_made_once_and_again_for_another_release(asked, tmp_path, monkeypatch):
    people = prepare_demo(tmp_path)
    assert json.loads(people.read_text()) == [{"name": "Ada"}]
    assert stat.S_IMODE(people.stat().st_mode) == 0o600
    assert asked == ["migrate", "collectstatic", "demo_load", "demo_simulate"]
    assert prepare_demo(tmp_path) == people
    assert len(asked) == 4
    monkeypatch.setattr(demo, "release_fingerprint", lambda: "another")
    prepare_demo(tmp_path)
    assert len(asked) == 8


def test_it_never_touches_a_real_site(asked, tmp_path):
    make_site(tmp_path, {}, [])
    with pytest.raises(PreauError, match=r"site\.demo = False and not True"):
        prepare_demo(tmp_path)
    assert asked == []


@pytest.mark.parametrize("said", ["", "no JSON", "[]", '{"people": 3}\n{}'])
def test_a_load_that_names_no_people_is_one_sentence(asked, tmp_path, monkeypatch, said):
    monkeypatch.setattr(demo, "ask_learn", lambda *_words: said)
    with pytest.raises(PreauError, match="demo_load` named no people"):
        prepare_demo(tmp_path)
