"""Addresses of a run: reading below ``/learn/``, everything about it below ``/runs/``."""

from django.urls import path

from preau.learn.enrolments.views import doing, enrolling, reading, teaching

app_name = "enrolments"
urlpatterns = [
    path("learn/<slug:run_key>/", reading.run, name="run"),
    path("learn/<slug:run_key>/<slug:key>/", reading.activity, name="activity"),
    path("learn/<slug:run_key>/<slug:key>/complete/", doing.complete, name="complete"),
    path("learn/<slug:run_key>/<slug:key>/watched/", doing.watched, name="watched"),
    path("learn/<slug:run_key>/<slug:key>/bookmark/", doing.bookmark, name="bookmark"),
    path("learn/<slug:run_key>/<slug:key>/note/", doing.note, name="note"),
    path("runs/<slug:run_key>/enrol/", enrolling.enrol, name="enrol"),
    path("runs/<slug:run_key>/leave/", enrolling.leave, name="unenrol"),
    path("runs/<slug:run_key>/search/", reading.search, name="search"),
    path("runs/<slug:run_key>/notebook/", reading.notebook, name="notebook"),
    path("runs/<slug:run_key>/people/", teaching.people, name="people"),
    path("runs/<slug:run_key>/people/role/", teaching.role, name="role"),
    path("runs/<slug:run_key>/settings/", teaching.settings, name="settings"),
]
