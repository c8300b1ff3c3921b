"""Which verbs of events count as what."""

VIEW = "viewed"
SIGN_IN = "signed-in"
# What reads or comes and goes; every other verb changes something, as Moodle counts its “posts”.
PASSIVE = frozenset({VIEW, "searched", "downloaded", "watched", SIGN_IN, "signed-out"})
# What the site does for somebody, at night too: no sign that they were there.
FOR_THEM = frozenset({"certified"})


def listed(verbs: frozenset[str]) -> str:
    """Verbs as a list of SQL."""
    return ", ".join(f"'{verb}'" for verb in sorted(verbs))
