"""The forum as a kind of activity: section.yaml says no more of it than that it is there."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from preau.learn.courses.kinds.kind import Kind
from preau.learn.theme.stencil import Filling


class ForumKind(Kind):
    """Threads of each run; what they are for stands above them, as the activity's own text."""

    key: ClassVar[str] = "forum"
    name: ClassVar[str | Promise] = _("Forum")
    personal: ClassVar[bool] = True
    completion: ClassVar[dict[str, Any]] = {"rule": "none"}  # nobody has to talk

    def personal_part(self, request: HttpRequest, activity_key: str) -> Filling:
        """The run's threads, as this person may see them."""
        from preau.learn.forum.pages.front import front_html

        return front_html(request, activity_key)


KIND = ForumKind()
