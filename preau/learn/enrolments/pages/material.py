"""An activity's own part of its page, rendered for everybody."""

from functools import cached_property

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from preau.learn.courses.folder.files import join
from preau.learn.courses.kinds import Material, kind_of
from preau.learn.courses.models import Activity, ActivityText, Asset, Course
from preau.learn.courses.outline import OutlineActivity
from preau.learn.courses.rich_text.render import resolve
from preau.learn.courses.texts import in_language
from preau.learn.enrolments.access import Place
from preau.learn.theme.stencil import hole


class CourseLinks:
    """Addresses of a course's files and activities, as seen from one run."""

    def __init__(self, run_key: str, course: Course) -> None:
        self.run_key = run_key
        self.course = course

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """The course's files by path."""
        return {asset.path: asset for asset in Asset.objects.filter(course=self.course)}

    def file_url(self, folder: str, name: str) -> str:
        """Where a file named in that folder is served; empty if the course has none such."""
        asset = self.assets.get(join(folder, name) or "")
        if asset is None:
            return ""
        place = [self.course.uuid, asset.digest, asset.path.rsplit("/", 1)[-1]]
        return reverse("courses:media", args=place)

    def file_size(self, folder: str, name: str) -> int:
        """Its size in bytes."""
        asset = self.assets.get(join(folder, name) or "")
        return asset.size if asset else 0

    def activity_url(self, key: str) -> str:
        """The page of an activity."""
        return reverse("enrolments:activity", args=[self.run_key, key])


def material_of(place: Place, activity: OutlineActivity) -> Material:
    """The activity in the page's language, its links resolved."""
    course = place.run.course
    language = course.language_for(get_language())
    text = ActivityText.objects.filter(activity_id=activity.id, language=language).first()
    content = Activity.objects.values_list("content", flat=True).get(pk=activity.id)
    links = CourseLinks(place.run.key, course)
    section = activity.section_key

    def file_url(name: str) -> str:
        return links.file_url(section, name)

    html = resolve(text.html, file_url, links.activity_url) if text else ""
    return Material(
        content=content,
        language=language,
        html=html,
        derived=text.derived if text else {},
        file_url=file_url,
        file_size=lambda name: links.file_size(section, name),
    )


def kind_html(place: Place, activity: OutlineActivity) -> str:
    """The activity's own part of its page."""
    kind = kind_of(activity.kind)
    material = material_of(place, activity)
    context = {
        "material": material,
        "title": in_language(activity.title),
        "csrf_token": hole("csrf_token"),
        **kind.context(material),
    }
    return render_to_string(kind.template, context)


def label_html(place: Place, activity: OutlineActivity) -> str:
    """A label, as it stands in the outline."""
    return kind_html(place, activity)
