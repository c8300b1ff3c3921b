"""The token of a form is Django's own, however it was made."""

from collections import Counter

import pytest
from django.middleware import csrf
from django.test import Client, RequestFactory

from preau.learn.theme.form_token import form_token
from tests.people import ada, small_run


def asked(secret=None):
    request = RequestFactory().get("/")
    if secret is not None:
        request.META["CSRF_COOKIE"] = secret
    return request


def test_it_hides_the_secret_that_it_carries():
    request = asked(csrf._get_new_csrf_string())
    tokens = {form_token(request) for _again in range(50)}
    assert len(tokens) == 50
    assert {csrf._unmask_cipher_token(token) for token in tokens} == {request.META["CSRF_COOKIE"]}
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"] is True


def test_who_has_no_secret_gets_one():
    request = asked()
    token = form_token(request)
    assert csrf._unmask_cipher_token(token) == request.META["CSRF_COOKIE"]


def test_every_letter_of_the_mask_is_as_likely():
    request = asked("a" * 32)
    drawn = Counter(letter for _again in range(4000) for letter in form_token(request)[:32])
    assert len(drawn) == 62
    mean = 4000 * 32 / 62
    assert all(abs(count - mean) < 6.5 * mean**0.5 for count in drawn.values())


@pytest.mark.django_db
def test_a_form_with_it_is_taken_and_one_without_is_not(tmp_path):
    run = small_run(tmp_path / "course")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada(run))
    path = "/learn/small-now/sine/"
    for _visit in range(2):
        page = browser.get(path).content.decode()
        token = page.partition('csrfmiddlewaretoken" value="')[2][:64]
        sent = {"bookmarked": "1", "csrfmiddlewaretoken": token}
        assert browser.post(f"{path}bookmark/", sent).status_code == 302
    assert browser.post(f"{path}bookmark/", {"bookmarked": "0"}).status_code == 403
