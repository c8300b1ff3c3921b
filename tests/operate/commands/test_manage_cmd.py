"""``preau manage``."""


def test_it_passes_words_output_and_exit_code_through(preau, site):
    done = preau("manage", "--site", site, "check_site", "--json")
    assert done.code == 0
    assert '"error": ""' in done.out
    assert preau("manage", "--site", site, "no_such_command").code == 1


def test_it_passes_help_through(preau, site):
    assert "usage: " in preau("manage", "--site", site, "migrate", "--help").out
