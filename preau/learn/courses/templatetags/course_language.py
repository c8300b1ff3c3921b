"""``lang="{{ course|language }}"``: in which language a course's own texts are on the page."""

from django import template
from django.utils.translation import get_language

from preau.learn.courses.models import Course

register = template.Library()


@register.filter
def language(course: Course) -> str:
    """The page's language where the course has it, else the course's main one."""
    return course.language_for(get_language())
