"""Addresses of one's own account (sign-in and the like are allauth's)."""

from django.urls import path

from preau.learn.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/profile/", views.profile, name="profile"),
    path("account/photo/<uuid:uuid>/", views.photo, name="photo"),
]
