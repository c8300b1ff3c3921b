"""A video with subtitles, chapters and a transcript."""

import mimetypes
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import FILE, Content, Kind, Material, MaterialError
from preau.learn.courses.kinds.video.webvtt import WebVTTError, parse_webvtt
from preau.learn.theme.stencil import without_holes

_BY_LANGUAGE = {"type": "object", "additionalProperties": FILE, "minProperties": 1}


class Video(Kind):
    """Played from the site's own disk, by the browser's own player."""

    key: ClassVar[str] = "video"
    name: ClassVar[str | Promise] = _("Video")
    schema: ClassVar[dict[str, Any]] = {
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "file": {**FILE, "pattern": "\\.(mp4|webm|m4v|ogv)$"},
                    "height": {"type": "integer", "minimum": 100, "maximum": 4320},
                },
                "required": ["file"],
                "additionalProperties": False,
            },
        },
        "poster": FILE,
        "subtitles": _BY_LANGUAGE,
        "chapters": _BY_LANGUAGE,
        "duration": {"type": "number", "exclusiveMinimum": 0, "maximum": 86400},
    }
    required: ClassVar[tuple[str, ...]] = ("sources",)
    completion: ClassVar[dict[str, Any]] = {"rule": "watched", "share": 80}
    completions: ClassVar[frozenset[str]] = frozenset({"view", "manual", "none", "watched"})

    def files(self, content: Content) -> Iterable[str]:
        """Every quality, the poster, all subtitles and chapters."""
        yield from (str(source["file"]) for source in content["sources"])
        if "poster" in content:
            yield str(content["poster"])
        for tracks in ("subtitles", "chapters"):
            yield from map(str, content.get(tracks, {}).values())

    def derive(
        self, content: Content, language: str, read: Callable[[str], bytes]
    ) -> dict[str, Any]:
        """The transcript and the chapters: ``[[start, end, text], …]``, times in seconds."""
        found: dict[str, Any] = {}
        for what, tracks in (("transcript", "subtitles"), ("chapters", "chapters")):
            files = content.get(tracks, {})
            name = files.get(language) or next(iter(files.values()), None)
            if name:
                found[what] = _cues(name, read)
                found[f"{what}_language"] = language if language in files else next(iter(files))
        return found

    def words(self, content: Content, derived: dict[str, Any]) -> str:
        """What is said in the video."""
        return " ".join(text for _start, _end, text in derived.get("transcript", []))

    def context(self, material: Material) -> dict[str, Any]:
        """Sources, tracks, transcript and chapters with their addresses."""
        content, url = material.content, material.file_url
        names = dict(settings.LANGUAGES)
        return {
            "sources": [
                {
                    "url": url(source["file"]),
                    "type": mimetypes.guess_type(source["file"])[0] or "video/mp4",
                    "height": source.get("height"),
                }
                for source in content["sources"]
            ],
            "poster": url(content["poster"]) if "poster" in content else "",
            "subtitles": _tracks(content.get("subtitles", {}), material, names),
            "chapter_tracks": _tracks(content.get("chapters", {}), material, names),
            "transcript": _timed(material.derived.get("transcript", [])),
            "transcript_language": material.derived.get("transcript_language", ""),
            "chapters": _timed(material.derived.get("chapters", [])),
            "chapters_language": material.derived.get("chapters_language", ""),
            "duration": content.get("duration"),
        }


def _cues(name: str, read: Callable[[str], bytes]) -> list[list[object]]:
    try:
        cues = parse_webvtt(read(name))
    except WebVTTError as error:
        raise MaterialError(name, error.line, str(error)) from error
    return [[cue.start, cue.end, without_holes(cue.text)] for cue in cues]


def _tracks(
    files: dict[str, str], material: Material, names: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
        {
            "language": code,
            "label": names.get(code, code),
            "url": material.file_url(name),
            "default": code == material.language,
        }
        for code, name in files.items()
    ]


def _timed(cues: list[list[Any]]) -> list[dict[str, Any]]:
    return [
        {"start": start, "end": end, "clock": _clock(start), "text": text}
        for start, end, text in cues
    ]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


KIND = Video()
