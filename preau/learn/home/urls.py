"""Addresses of the site's front."""

from django.urls import path

from preau.learn.home import views

app_name = "home"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("courses/", views.catalogue, name="catalogue"),
    path("courses/<slug:course_key>/", views.course, name="course"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("health/", views.health, name="health"),
]
