"""Certificates as files: what was signed holds, whatever else was done to it does not."""

import base64
import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.certificate_file import (
    FORMAT,
    CertificateError,
    canonical,
    checked,
    fingerprint,
    new_key,
    public_key,
    sign,
)

PRIVATE = new_key()
PUBLIC = public_key(PRIVATE)
SAYS = {
    "format": FORMAT,
    "name": "Ada Bernard",
    "site": "Préau",
    "address": "https://mooc.example.org/certificates/1/",
    "issued_at": "2026-11-28T08:00:00Z",
    "course": {"key": "small", "title": {"en": "A small course", "fr": "Un petit cours"}},
    "content": [{"en": "Waves", "fr": "Ondes"}],
    "hours": 4,
    "percent": 82,
}


def signed(says=SAYS, private=PRIVATE, **more):
    """The file's object."""
    key = fingerprint(public_key(private))
    return {"certificate": says, "key": key, "signature": sign(canonical(says), private), **more}


def written(data, **options):
    return json.dumps(data, ensure_ascii=False, **options).encode()


def refused(file, keys=PUBLIC, because="."):
    """It is refused, by one sentence."""
    with pytest.raises(CertificateError, match=because) as error:
        checked(file, keys.encode())
    assert "\n" not in str(error.value)


def test_what_was_signed_holds():
    found = checked(written(signed()), PUBLIC.encode())
    assert found.says == SAYS
    assert (found.key, found.revoked_at) == (fingerprint(PUBLIC), "")


def test_the_bytes_that_are_signed_are_those_of_the_standard():
    says = {"b": 1, "a": 'é"\n\x0f', "c": [{"y": None, "x": True}]}
    assert canonical(says) == '{"a":"é\\"\\n\\u000f","b":1,"c":[{"x":true,"y":null}]}'.encode()


@pytest.mark.parametrize(
    "options", [{"indent": 4}, {"sort_keys": True}, {"separators": (",", ":")}]
)
def test_how_the_file_is_written_does_not_matter(options):
    assert checked(written(signed(), **options), PUBLIC.encode()).says == SAYS
    escaped = json.dumps(signed()).encode()
    assert checked(escaped, PUBLIC.encode()).says == SAYS


def test_one_of_several_keys_is_enough():
    others = [public_key(new_key()) for _number in range(3)]
    keys = "\n".join([*others, "some words", PUBLIC])
    assert checked(written(signed()), keys.encode()).says == SAYS


def places(value, path=()):
    """Every place of a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_whatever_is_changed_is_refused(data):
    says = copy.deepcopy(SAYS)
    path = data.draw(st.sampled_from([it for it in places(says) if it]))
    place = says
    for key in path[:-1]:
        place = place[key]
    if data.draw(st.booleans()) and isinstance(place, dict):
        del place[path[-1]]
    else:
        place[path[-1]] = data.draw(JSON)
    file = signed()
    file["certificate"] = says
    if json.dumps(says, sort_keys=True) == json.dumps(SAYS, sort_keys=True):
        assert checked(written(file), PUBLIC.encode()).says == SAYS
    else:
        refused(written(file))


@given(st.text(min_size=1), JSON)
def test_whatever_is_added_is_refused(name, value):
    if name in SAYS:
        return
    file = signed()
    file["certificate"] = {**SAYS, name: value}
    refused(written(file))


@given(st.data())
def test_a_byte_that_is_changed_never_passes_for_something_else(data):
    file = bytearray(written(signed()))
    at = data.draw(st.integers(0, len(file) - 1))
    file[at] ^= data.draw(st.integers(1, 255))
    try:
        found = checked(bytes(file), PUBLIC.encode())
    except CertificateError:
        return
    assert found.says == SAYS, "only where the change means nothing, as in a space"


@given(st.binary(max_size=400) | st.text().map(str.encode) | JSON.map(written))
def test_what_is_no_certificate_is_refused_in_one_sentence(file):
    refused(file)


@given(st.binary(max_size=400))
def test_what_is_no_key_is_refused_in_one_sentence(keys):
    with pytest.raises(CertificateError):
        checked(written(signed()), keys)


def test_a_name_that_stands_twice_is_refused():
    text = written(signed()).decode()
    refused(text.replace('"name": "Ada', '"name": "Eve", "name": "Ada').encode(), because="twice")
    twice = text[:-1] + ', "certificate": {}}'
    refused(twice.encode(), because="twice")


@pytest.mark.parametrize("number", ["4.0", "4e0", "NaN", "-Infinity", "9" * 5000])
def test_numbers_that_could_be_written_in_two_ways_are_refused(number):
    text = written(signed()).decode()
    refused(text.replace('"hours": 4', f'"hours": {number}').encode(), because="no certificate")


def test_another_key_is_refused_and_named():
    refused(written(signed(private=new_key())), because="none of " + fingerprint(PUBLIC))


def test_a_key_that_is_only_named_the_same_is_refused():
    other = new_key()
    file = signed(private=other)
    refused(written({**file, "key": fingerprint(PUBLIC)}), because="does not hold")


@pytest.mark.parametrize("signature", ["", "?", "AAAA", base64.b64encode(bytes(64)).decode()])
def test_a_signature_that_is_none_is_refused(signature):
    refused(written({**signed(), "signature": signature}), because="does not hold")


def test_half_a_letter_is_refused():
    text = written(signed()).decode().replace("Ada", "\\ud800")
    refused(text.encode(), because="does not hold")


def test_deep_and_huge_files_are_refused():
    refused(b"[" * 100_000)
    deep = '{"a":' * 900 + "1" + "}" * 900
    refused(b'{"certificate":' + deep.encode() + b',"key":"","signature":""}')
    refused(b" " * 1_000_001, because="million")


@pytest.mark.parametrize("lacking", ["name", "site", "address", "issued_at", "course", "format"])
def test_what_does_not_say_whose_and_for_what_is_refused(lacking):
    says = {name: it for name, it in SAYS.items() if name != lacking}
    refused(written(signed(says)), because="no certificate")


def test_when_it_was_revoked_stands_beside_what_was_signed():
    file = written(signed(revoked_at="2026-12-01T08:00:00+00:00"))
    assert checked(file, PUBLIC.encode()).revoked_at.startswith("2026-12-01")
    refused(written(signed(note="mine")), because="'note' has no place")


def test_a_private_key_is_no_public_one():
    refused(written(signed()), PRIVATE.decode(), because="no Ed25519 public key")
    with pytest.raises(CertificateError):
        public_key(b"nothing")


def test_letters_that_no_font_has_are_told_in_one_sentence():
    from preau.kit.typeset import TypesetError, pdf_of

    with pytest.raises(TypesetError, match="could not be displayed"):
        pdf_of('#set document(title: "x")\n\u0378', {})
