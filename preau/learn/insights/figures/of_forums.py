"""How much is said in a run's forums."""

from django.utils.translation import gettext as _

from preau.kit.charts import stacked_bars
from preau.learn.courses.models import Run
from preau.learn.courses.outline import Outline
from preau.learn.forum.models import Week
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.gathering.periods import name_of
from preau.learn.insights.models import Period

_WEEKS = 60  # that a picture shows at most, the last ones


def has_forums(outline: Outline) -> bool:
    """Whether there is anything to count."""
    return any(it.kind == "forum" for it in outline.pages)


def forum(run: Run) -> Figure:
    """What was written week by week, and by how many."""
    title = _("Forum, week by week")
    weeks = list(Week.objects.filter(run=run.pk, posts__gt=0).order_by("-start")[:_WEEKS])[::-1]
    labels = [name_of(Period.WEEK, it.start)[5:] for it in weeks]
    parts = {
        _("new threads"): [it.threads for it in weeks],
        _("other posts"): [it.posts - it.threads for it in weeks],
    }
    words = _("%(posts)s posts in %(threads)s threads; at most %(people)s people in a week") % {
        "posts": sum(it.posts for it in weeks),
        "threads": sum(it.threads for it in weeks),
        "people": max((it.people for it in weeks), default=0),
    }
    definition = _(
        "Threads that were begun, all posts, their first ones included, and the different people "
        "who wrote, in all forums of the run and in whatever role. Counted as it is written: what "
        "is hidden or taken back later stays counted."
    )
    table = [[it.start.isoformat(), it.threads, it.posts, it.people] for it in weeks]
    head = [_("From"), _("Threads"), _("Posts"), _("People")]
    return Figure(
        "forum", title, definition, head, table, stacked_bars(title, words, labels, parts)
    )
