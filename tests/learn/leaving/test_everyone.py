"""No table is forgotten: each is some app's to erase, or known to be about nobody."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from preau.learn.accounts.models import Person
from preau.learn.leaving.everyone import IMPERSONAL, everyone

MODELS = {it._meta.label: it for it in apps.get_models(include_auto_created=True)}
ANSWERED = [model for app in everyone().values() for model in app.MODELS]


def leads_to_a_person(model, seen=()) -> bool:
    """Whether its rows belong to somebody, by a key or by a key of what it belongs to."""
    if model is Person:
        return True
    keys = [it for it in model._meta.get_fields() if isinstance(it, ForeignKey)]
    return any(
        leads_to_a_person(it.related_model, (*seen, model))
        for it in keys
        if it.related_model not in seen
    )


def test_every_table_is_erased_by_one_app_or_known_to_be_about_nobody():
    answered = {it._meta.label for it in ANSWERED}
    assert len(ANSWERED) == len(answered), "two apps answer for one table"
    assert answered & set(IMPERSONAL) == set()
    forgotten = set(MODELS) - answered - set(IMPERSONAL)
    assert forgotten == set(), (
        f"{sorted(forgotten)}: say in <app>/personal.py what goes of a person, "
        "or in leaving/everyone.py that nothing of anybody is in it"
    )
    assert set(IMPERSONAL) <= set(MODELS), "a table that is no more"


@pytest.mark.parametrize("label", sorted(IMPERSONAL))
def test_what_leads_to_a_person_is_never_about_nobody(label):
    assert not leads_to_a_person(MODELS[label])
    assert len(IMPERSONAL[label]) > 5


@pytest.mark.django_db
def test_every_table_of_the_database_has_a_model():
    known = {it._meta.db_table for it in MODELS.values()}
    assert set(connection.introspection.table_names()) - known == {"django_migrations"}


def test_everything_that_goes_or_stays_has_words():
    for name, app in everyone().items():
        for text in (*app.GOES.values(), *sum(app.STAYS.values(), ())):
            assert str(text), name
