"""Addresses of statistics."""

from django.urls import path

from preau.learn.insights.views import log, people, run, site, web_log

app_name = "insights"
_RUN = "runs/<slug:run_key>/statistics/"
urlpatterns = [
    path("statistics/", site.site, name="site"),
    path("statistics/log/", log.log, name="log"),
    path("statistics/weblog/", web_log.web_log, name="weblog"),
    path("statistics/<slug:figure>.<str:form>", site.site_figure, name="site-figure"),
    path(_RUN, run.run, name="run"),
    path(f"{_RUN}lost/", people.lost, name="lost"),
    path(f"{_RUN}failing/", people.failing, name="failing"),
    path(f"{_RUN}unanswered/", people.unanswered, name="unanswered"),
    path(f"{_RUN}compare/", run.compare, name="compare"),
    path(f"{_RUN}videos/", run.videos, name="videos"),
    path(f"{_RUN}<slug:figure>.<str:form>", run.run_figure, name="run-figure"),
    path("runs/<slug:run_key>/my-progress/", people.mine, name="mine"),
]
