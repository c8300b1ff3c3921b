"""What changes accounts."""

from django.db import transaction

from preau.learn.accounts.models import Person, SiteRole
from preau.learn.accounts.photos import forget_photo, keep_photo


def update_profile(person: Person, new_photo: bytes | None, remove_photo: bool) -> None:
    """Save what the profile form changed on ``person``, and the photo when one was sent.

    The old photo leaves the disk last: a row never names a file that is not there.
    """
    before = person.photo
    if new_photo is not None:
        person.photo = keep_photo(person.uuid, new_photo)
    elif remove_photo:
        person.photo = ""
    person.save(update_fields=["name", "about", "language", "time_zone", "photo"])
    if before and before != person.photo:
        forget_photo(before)


def grant_site_role(person: Person, role: SiteRole) -> None:
    """Make somebody a manager, an operator, or an ordinary person again."""
    person.site_role = role
    person.save(update_fields=["site_role"])


@transaction.atomic
def create_verified_person(email: str, name: str, password: str, **more: object) -> Person:
    """A person whose address needs no confirmation (demonstration, command line)."""
    from allauth.account.models import EmailAddress

    person = Person.objects.create_user(email, password, name=name, **more)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
