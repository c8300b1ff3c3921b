"""Addresses for taking one's data along, and for leaving."""

from django.urls import path

from preau.learn.leaving import views

app_name = "leaving"
urlpatterns = [
    path("account/leave/", views.leave, name="leave"),
    path("account/my-data/", views.archive, name="archive"),
    path("account/left/<uuid:reference>/", views.left, name="left"),
    path("account/left/<uuid:reference>/report.txt", views.report, name="report"),
]
