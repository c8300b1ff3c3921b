"""Who gets which file of a course."""

from typing import Protocol

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from preau.learn.accounts.models import Person
from preau.learn.courses.models import Asset


class OpenSections(Protocol):
    """Answers which sections of a course somebody may open, in any of its runs."""

    def __call__(self, person: Person, course_id: int) -> frozenset[str]:
        """Keys of the sections whose files the person may have."""


def asset_for(request: HttpRequest, course_uuid: str, digest: str, name: str) -> Asset:
    """The file, if the asker may have it; 404 otherwise.

    The same content may lie in the course under several names: one that is public is public,
    one in an open section is open, and the name that is asked for decides on the type.
    """
    rows = Asset.objects.filter(course__uuid=course_uuid, digest=digest).order_by("path")
    assets = sorted(rows, key=lambda row: (not row.public, row.path.rsplit("/", 1)[-1] != name))
    if not assets:
        raise Http404
    if assets[0].public:
        return assets[0]
    person = request.user
    if not isinstance(person, Person):
        raise Http404
    open_sections: OpenSections = import_string(settings.OPEN_SECTIONS)
    keys = open_sections(person, assets[0].course_id)
    for asset in assets:
        if asset.path.split("/")[0] in keys:
            return asset
    raise Http404
