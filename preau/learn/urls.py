"""The site's addresses. Each name has its row in ``accounts/permissions.py``."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from preau.learn.accounts.sign_up import sign_up

# allauth's pages, named one by one: what is not listed does not exist.
_sign_in: list[URLPattern] = [
    path("signup/", sign_up, name="account_signup"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("email/", account.email, name="account_email"),
    path(
        "confirm-email/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("preau.learn.home.urls")),
    path("", include("preau.learn.insights.urls")),
    path("", include("preau.learn.certificates.urls")),
    path("", include("preau.learn.leaving.urls")),
    path("", include("preau.learn.grades.urls")),
    path("", include("preau.learn.quizzes.urls")),
    path("", include("preau.learn.forum.urls")),
    path("", include("preau.learn.enrolments.urls")),
    path("", include("preau.learn.courses.urls")),
    path("", include("preau.learn.accounts.urls")),
    path("", include("preau.learn.theme.urls")),
    path("account/", include(_sign_in)),
]

handler400 = "preau.learn.theme.errors.bad_request"
handler403 = "preau.learn.theme.errors.forbidden"
handler404 = "preau.learn.theme.errors.not_found"
handler500 = "preau.learn.theme.errors.server_error"
