"""Addresses of the theme."""

from django.urls import path

from preau.learn.theme import views

app_name = "theme"
urlpatterns = [
    path("style/", views.style, name="style"),
    path("language/<slug:code>/", views.language, name="language"),
]
