"""Rows without whole addresses and names, as they are stored where one wants that.

An address of version 4 keeps its first three numbers (/24), one of version 6 its first three groups
(/48), a host's name its last two labels. Who signed in becomes a hash with the store's key, which
is the same for the same name. Addresses within requests, referrers and agents are cut, too.
"""

import re

from preau.kit.duck import quoted

_V4 = r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"
_V4_HOST = rf"^\[?(?:::ffff:)?({_V4})\.[0-9]{{1,3}}\]?(?::[0-9]+)?$"
_V6_HOST = r"^\[?([0-9a-f]*:[0-9a-f:]*)(?:%[^\]]*)?(?:\](?::[0-9]+)?)?$"
_LABELS = r"((?:[^.:]*\.)?[^.:]*)\.?(?::[0-9]*)?$"  # the last two
_V4_INSIDE = rf"(^|[^0-9.])({_V4})\.[0-9]{{1,3}}"
_GROUP, _COLON = "[0-9a-fA-F]{1,4}", "(?::|%3[aA])"
_V6_INSIDE = (
    f"(?:{_GROUP}{_COLON}){{7}}{_GROUP}"
    f"|(?:{_GROUP}{_COLON}){{1,6}}{_COLON}(?:{_GROUP}(?:{_COLON}{_GROUP})*)?"
    f"|{_COLON}{_COLON}{_GROUP}(?:{_COLON}{_GROUP})*"
)
_DIGIT, _LETTER = re.compile(r"[0-9]"), re.compile(r"[^\W\d_]")


def hidden(query: str, key: str) -> str:
    """A query for the same rows without whole addresses; an odd line is only said to be there."""
    texts = ", ".join(f"{_cut_inside(name)} AS {name}" for name in ("request", "referrer", "agent"))
    return (
        f"SELECT * EXCLUDE (small) REPLACE ({_HOST} AS host, {texts}, "
        f'left(sha256({quoted(key)} || "user"), 16) AS "user", '
        "CASE WHEN odd IS NOT NULL THEN '' END AS odd) "
        f"FROM (SELECT *, lower(host) AS small FROM ({query}))"
    )


def shape_of(line: str) -> str:
    """How a line is written, without what it says: letters are x, digits 0."""
    return _LETTER.sub("x", _DIGIT.sub("0", line))


def _found(pattern: str) -> str:
    return f"regexp_extract(small, {quoted(pattern)}, 1)"


def _of_version_6(address: str) -> str:
    """The first three groups, where zeros may be left out."""
    groups = "list_filter(string_split(split_part({0}, '::', {1}), ':'), lambda it: it != '')"
    left, right = groups.format(address, 1), groups.format(address, 2)
    zeros = f"list_transform(range(8 - len({left}) - len({right})), lambda it: '0')"
    whole = f"CASE WHEN contains({address}, '::') THEN {left} || {zeros} || {right} ELSE {left} END"
    first = f"list_transform(({whole})[1:3], lambda it: coalesce(nullif(ltrim(it, '0'), ''), '0'))"
    return f"regexp_replace(array_to_string({first}, ':') || '::', '(:0)+::$', '::')"


_HOST = (
    f"CASE WHEN {_found(_V4_HOST)} != '' THEN {_found(_V4_HOST)} || '.0' "
    f"WHEN {_found(_V6_HOST)} != '' THEN {_of_version_6(_found(_V6_HOST))} "
    f"ELSE {_found(_LABELS)} END"
)


def _cut_inside(column: str) -> str:
    cut = f"regexp_replace({column}, {quoted(_V4_INSIDE)}, '\\1\\2.0', 'g')"
    return f"regexp_replace({cut}, {quoted(_V6_INSIDE)}, '::', 'g')"
