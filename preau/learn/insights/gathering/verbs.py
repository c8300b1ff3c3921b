"""Which verbs of events count as what."""

VIEW = "viewed"
SIGN_IN = "signed-in"
# What reads or comes and goes; every other verb changes something, as Moodle counts its “posts”.
PASSIVE = frozenset({VIEW, "searched", "downloaded", "watched", SIGN_IN, "signed-out"})


def listed(verbs: frozenset[str]) -> str:
    """Verbs as a list of SQL."""
    return ", ".join(f"'{verb}'" for verb in sorted(verbs))
