"""Addresses of course files."""

from django.urls import path, register_converter

from preau.learn.courses import views


class Digest:
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Digest, "digest")

app_name = "courses"
urlpatterns = [
    path("media/<uuid:course_uuid>/<digest:digest>/<str:name>", views.media, name="media"),
]
