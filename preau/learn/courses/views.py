"""Serves the files of courses."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import condition, require_safe

from preau.learn.courses.access import asset_for
from preau.learn.courses.media import file_response
from preau.learn.courses.models import Asset
from preau.learn.courses.storage import content_path
from preau.learn.events.record import record


@require_safe
def media(request: HttpRequest, course_uuid: str, digest: str, name: str) -> HttpResponseBase:
    """One file of a course, whole or in part."""
    asset = asset_for(request, course_uuid, digest, name)
    response = _answer(request, asset, name)
    if response.status_code == 200 and "attachment" in response.get("Content-Disposition", ""):
        record(request, "downloaded", course=asset.course_id, result={"path": asset.path})
    return response


def _etag(request: HttpRequest, asset: Asset, name: str) -> str:
    return f'"{asset.digest}"'


@condition(etag_func=_etag)
def _answer(request: HttpRequest, asset: Asset, name: str) -> HttpResponseBase:
    try:
        return file_response(
            request,
            content_path(asset.digest),
            name,
            asset.media_type,
            _etag(request, asset, name),
        )
    except FileNotFoundError:
        raise Http404 from None
