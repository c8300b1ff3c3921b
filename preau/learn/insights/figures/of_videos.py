"""Where films are stopped, watched again and skipped, second by second."""

from django.utils.translation import gettext as _

from preau.kit.charts import curves
from preau.learn.courses.models import Run
from preau.learn.courses.outline import Outline
from preau.learn.courses.texts import in_language
from preau.learn.insights.figures.figure import Figure
from preau.learn.insights.models import VideoCurve

_POINTS = 400  # of a curve; a longer film is drawn in steps of several seconds


def videos(run: Run, outline: Outline) -> list[Figure]:
    """A picture for each film of the run that anybody watched."""
    found = {it.activity: it for it in VideoCurve.objects.filter(run=run.pk)}
    return [
        _video(f"video-{it.key}", in_language(it.title), found[it.id])
        for it in outline.pages
        if it.id in found and found[it.id].plays
    ]


def _video(key: str, title: str, curve: VideoCurve) -> Figure:
    length = len(curve.plays)
    step = max(1, -(-length // _POINTS))
    starts = range(0, length, step)
    shown = [max(curve.plays[at : at + step]) for at in starts]
    people = [max(curve.people[at : at + step], default=0) for at in starts]
    stops = [sum(curve.stops[at : at + step]) for at in starts]
    again = max(range(len(shown)), key=lambda at: shown[at] - people[at])
    last = max(range(len(stops)), key=lambda at: stops[at])
    words = _(
        "Shown %(most)s times at most; most looked again at %(again)s, most stopped at %(stop)s"
    ) % {"most": max(shown), "again": _clock(starts[again]), "stop": _clock(starts[last])}
    labels = [_clock(at) for at in starts]
    lines = {_("times shown"): shown, _("learners"): people, _("stopped here"): stops}
    definition = _(
        "For each second of the film: how often it was shown, how many learners saw it, and how "
        "many were there when they stopped watching. Where it was shown more often than there are "
        "learners, they looked again; where fewer learners are than before and after, they skipped."
    )
    table = [list(row) for row in zip(labels, shown, people, stops, strict=True)]
    return Figure(
        key, title, definition, [_("At"), *lines], table, curves(title, words, labels, lines)
    )


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
