"""Passwords are kept by Argon2id, as strong as stated and no stronger than a worker can bear."""

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password

from tests.learn.accounts.doors import is_inside, sign_in, sign_up
from tests.people import PASSWORD, noah, signed_in

pytestmark = pytest.mark.django_db


def parameters(kept: str):
    algorithm, rest = kept.split("$", 1)
    assert algorithm == "argon2"
    return extract_parameters(f"${rest}")


def test_it_is_argon2id_with_19_mebibytes_two_passes_and_one_lane():
    from preau.learn.accounts.models import Person

    sign_up(signed_in(None), "ada@example.org")
    found = parameters(Person.objects.get().password)
    assert found.type is Type.ID
    assert found.memory_cost == 19 * 1024
    assert found.time_cost == 2
    assert found.parallelism == 1


def test_the_same_password_is_never_kept_the_same_way_twice():
    assert make_password(PASSWORD) != make_password(PASSWORD)


def test_every_hash_has_a_salt_of_at_least_128_bits():
    assert parameters(make_password(PASSWORD)).salt_len >= 16


class Weak(Argon2PasswordHasher):
    """As an older version of the site might have kept them."""

    memory_cost = 8
    time_cost = 1
    parallelism = 1


def test_a_hash_of_other_strength_is_made_anew_at_the_next_sign_in():
    who = noah()
    who.password = Weak().encode(PASSWORD, "an-older-salt-of-22-ch")
    who.save()
    browser = signed_in(None)
    sign_in(browser, "noah@example.org")
    assert is_inside(browser)
    who.refresh_from_db()
    assert parameters(who.password).memory_cost == 19 * 1024
    assert who.check_password(PASSWORD)


def test_a_wrong_password_does_not_change_what_is_kept():
    who = noah()
    before = who.password
    sign_in(signed_in(None), "noah@example.org", "not the right sentence")
    who.refresh_from_db()
    assert who.password == before
    assert not identify_hasher(before).must_update(before)
