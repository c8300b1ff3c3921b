"""The one root of every error that a person can mend."""


class PreauError(Exception):
    """Something a person can mend: its text says what, where and what to do.

    ``main()`` turns it into one line on standard error and exits with ``exit_code``.
    """

    exit_code = 1
