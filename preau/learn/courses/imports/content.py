"""Sections and activities of an import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from preau.learn.courses.folder.document import (
    ActivityDocument,
    CourseDocument,
    SectionDocument,
)
from preau.learn.courses.folder.files import join
from preau.learn.courses.imports.report import ImportReport, What
from preau.learn.courses.kinds import kind_of
from preau.learn.courses.models import Activity, ActivityText, Course, Section
from preau.learn.courses.ordered_json import same
from preau.learn.courses.removal import remove_or_keep
from preau.learn.courses.rich_text import render
from preau.learn.courses.texts import fold

# Fields from which an activity's texts are made; a section's name is part of its files' paths.
_SHOWN = frozenset({"content", "kind", "files", "title", "section_id"})


@dataclass
class Contents:
    """One import's sections and activities, compared with what was there before."""

    course: Course
    document: CourseDocument
    before: CourseDocument | None
    changed_files: frozenset[str]
    report: ImportReport
    read: Callable[[str], bytes]  # path in the course → content

    def save(self) -> None:
        """Write every section and activity that differs; remove or hide what is gone."""
        sections = {row.key: row for row in Section.objects.filter(course=self.course)}
        activities = {row.key: row for row in Activity.objects.filter(course=self.course)}
        old_languages = self.before.languages if self.before else ()
        self._all_texts = old_languages != self.document.languages
        position = 0
        for index, section in enumerate(self.document.sections):
            row = self._section(sections.pop(section.key, None), section, index)
            for activity in section.activities:
                self._activity(activities.pop(activity.key, None), activity, row, position)
                position += 1
        for gone in activities.values():
            self._remove_activity(gone)
        for empty in sections.values():
            self._remove_section(empty)

    def _section(self, row: Section | None, section: SectionDocument, index: int) -> Section:
        new = row is None
        row = row or Section(course=self.course, key=section.key)
        wanted = {
            "title": section.title, "summary": section.summary, "release": section.release,
            "position": index, "removed": False,
        }  # fmt: skip
        differing = _update(row, wanted)
        if new or differing:
            row.save()
            self.report.note(
                "added" if new else "changed", "section", section.key, _said(new, differing)
            )
        else:
            self.report.unchanged += 1
        return row

    def _activity(
        self, row: Activity | None, activity: ActivityDocument, section: Section, position: int
    ) -> None:
        new, was_hidden = row is None, row is not None and row.hidden
        row = row or Activity(course=self.course, key=activity.key)
        wanted = {
            "kind": activity.kind, "title": activity.title, "minutes": activity.minutes,
            "completion": activity.completion, "content": activity.content,
            "section_id": section.pk, "position": position, "hidden": False,
        }  # fmt: skip
        differing = _update(row, wanted)
        files = {join(section.key, name) for name in kind_of(activity.kind).files(activity.content)}
        if files & self.changed_files:
            differing.append("files")
        if new or differing:
            row.save()
            what: What = "added" if new else "restored" if was_hidden else "changed"
            self.report.note(what, "activity", activity.key, _said(new, differing))
        else:
            self.report.unchanged += 1
        if new or was_hidden or self._all_texts or _SHOWN & set(differing):
            self._texts(row, activity, section.key)

    def _texts(self, row: Activity, activity: ActivityDocument, section: str) -> None:
        def read(name: str) -> bytes:
            return self.read(join(section, name) or "")

        for language in self.document.languages:
            text = activity_text(activity, language, read)
            self._tell_losses(activity, text["derived"])
            ActivityText.objects.update_or_create(activity=row, language=language, defaults=text)
        row.texts.exclude(language__in=self.document.languages).delete()

    def _tell_losses(self, activity: ActivityDocument, derived: dict[str, Any]) -> None:
        told = (f"{activity.key}: {it}" for it in kind_of(activity.kind).losses(derived))
        self.report.losses += [it for it in told if it not in self.report.losses]

    def _remove_activity(self, row: Activity) -> None:
        if row.hidden:
            return
        kept = remove_or_keep(row, "hidden")
        detail = "learners have work in it" if kept else ""
        self.report.note("hidden" if kept else "removed", "activity", row.key, detail)

    def _remove_section(self, row: Section) -> None:
        if row.removed:
            return
        if row.activities.exists():
            row.removed = True
            row.save(update_fields=["removed"])
        else:
            row.delete()
        self.report.note("removed", "section", row.key)


def activity_text(
    activity: ActivityDocument, language: str, read: Callable[[str], bytes]
) -> dict[str, Any]:
    """The fields of ``ActivityText`` for one language; ``read`` takes the section's file names."""
    kind = kind_of(activity.kind)
    body = activity.content.get("body", {})
    rendered = render(body.get(language) or next(iter(body.values()), ""))
    derived = kind.derive(activity.content, language, read)
    plain = " ".join([rendered.plain, kind.words(activity.content, derived)]).strip()
    title = activity.title.get(language) or next(iter(activity.title.values()), "")
    return {
        "html": rendered.html,
        "derived": derived,
        "plain": plain,
        "folded": fold(f"{title}\n{plain}"),
    }


def _update(row: Section | Activity, wanted: dict[str, Any]) -> list[str]:
    differing = [name for name, value in wanted.items() if not same(getattr(row, name), value)]
    for name in differing:
        setattr(row, name, wanted[name])
    return differing


def _said(new: bool, differing: list[str]) -> str:
    return "" if new else ", ".join(name.removesuffix("_id") for name in differing)
