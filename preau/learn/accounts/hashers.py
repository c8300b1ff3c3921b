"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane.

    OWASP's first recommendation (Password Storage Cheat Sheet). Django's own 100 MiB and
    eight lanes would take a worker's whole memory for each sign-in.
    """

    memory_cost = 19 * 1024  # KiB
    time_cost = 2
    parallelism = 1
