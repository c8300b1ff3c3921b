"""Addresses of certificates: what anyone checks, then what concerns a run."""

from django.urls import path

from preau.learn.certificates.views import earning, showing, teaching

app_name = "certificates"
_RUN = "runs/<slug:run_key>/certificates/"
urlpatterns = [
    path("certificates/", showing.keys, name="keys"),
    path("certificates/keys.pem", showing.keys_file, name="keys-file"),
    path("certificates/<uuid:uuid>/", showing.certificate, name="certificate"),
    path("certificates/<uuid:uuid>/certificate.pdf", showing.pdf, name="pdf"),
    path("certificates/<uuid:uuid>/certificate.json", showing.signed_file, name="file"),
    path("certificates/<uuid:uuid>/public/", showing.make_public, name="public"),
    path("runs/<slug:run_key>/certificate/", earning.mine, name="mine"),
    path(_RUN, teaching.issued, name="issued"),
    path(f"{_RUN}settings/", teaching.settings, name="settings"),
    path(f"{_RUN}<uuid:uuid>/revoke/", teaching.revoke, name="revoke"),
    path(f"{_RUN}<uuid:uuid>/restore/", teaching.restore, name="restore"),
]
