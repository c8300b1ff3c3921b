"""The site's ``preau.toml`` as Django's settings."""

import os
from pathlib import Path

from preau.kit.settings_file import load_settings
from preau.learn.databases import cache_settings, database_settings

SITE_FOLDER = Path(os.environ.get("PREAU_SITE") or ".").absolute()
_site = load_settings(SITE_FOLDER, os.environ)
_package = Path(__file__).parent

# The site
SITE_NAME = str(_site["site.name"])
SITE_ADDRESS = str(_site["site.address"]).rstrip("/")
DEMO = bool(_site["site.demo"])
SIGN_UP_OPEN = bool(_site["site.sign_up"])
SECRET_KEY = str(_site["site.secret_key"])
ALLOWED_HOSTS = list(_site["site.allowed_hosts"])
DEBUG = False
ROOT_URLCONF = "preau.learn.urls"
WSGI_APPLICATION = "preau.learn.wsgi.application"

# What an activity can be. To add a kind, copy its neighbour and name it here.
ACTIVITY_KINDS = (
    "preau.learn.courses.kinds.page",
    "preau.learn.courses.kinds.video",
    "preau.learn.courses.kinds.file",
    "preau.learn.courses.kinds.folder",
    "preau.learn.courses.kinds.link",
    "preau.learn.courses.kinds.label",
    "preau.learn.quizzes",
    "preau.learn.forum",
)
INSTALLED_APPS = [
    "preau.learn.home",
    "preau.learn.insights",
    "preau.learn.leaving",
    "preau.learn.bridges",
    "preau.learn.certificates",
    "preau.learn.grades",
    "preau.learn.notifications",
    "preau.learn.enrolments",
    "preau.learn.courses",
    *ACTIVITY_KINDS,
    "preau.learn.accounts",
    "preau.learn.events",
    "preau.learn.theme",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "preau.learn.events.requests.recorded",
    "preau.learn.theme.headers.security_headers",
    "preau.learn.theme.caching.cautious_caching",
    *(["preau.learn.accounts.proxies.behind_proxies"] if _site["server.trusted_proxies"] else []),
    "django.middleware.security.SecurityMiddleware",
    "preau.learn.theme.errors.bounded_requests",
    "preau.learn.home.visitors.VisitorPages",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "preau.learn.theme.languages.language",
    "preau.learn.theme.methods.wrong_method",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "preau.learn.accounts.clock.own_time_zone",
    "preau.learn.theme.errors.Trouble",
    "preau.learn.accounts.gate.Gate",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "preau.learn.theme.context.page",
            ],
        },
    }
]
# What lower apps ask of upper ones, by name: imports point downward only.
FIND_PLACE = "preau.learn.enrolments.access.find_place"
SCHEDULES = (
    "preau.learn.quizzes.tasks.SCHEDULE",
    "preau.learn.certificates.tasks.SCHEDULE",
    "preau.learn.insights.tasks.SCHEDULE",
    "preau.learn.bridges.xapi.tasks.SCHEDULE",
    "preau.learn.leaving.tasks.SCHEDULE",
)
# Who keeps something of a person, in the order in which it is erased (accounts/leaver.py). Events
# go before what is worked out from them, rows before those that they point to.
PERSONAL = (
    "preau.learn.leaving.personal",  # the record of events
    "preau.learn.insights.personal",
    "preau.learn.bridges.personal",
    "preau.learn.certificates.personal",
    "preau.learn.forum.personal",
    "preau.learn.grades.personal",
    "preau.learn.quizzes.personal",
    "preau.learn.notifications.personal",
    "preau.learn.enrolments.personal",
    "preau.learn.accounts.personal",
)
OPEN_SECTIONS = "preau.learn.enrolments.access.open_sections"
RUN_PAGE_PARTS = ("preau.learn.certificates.standing_line.on_run_page",)

# Database, cache, tasks
DATABASES = {"default": database_settings(_site, SITE_FOLDER)}
CACHES = {"default": cache_settings(_site, SITE_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TASKS_KEEP_DAYS = int(_site["tasks.keep_days"])

# People and sessions
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["preau.learn.accounts.backends.PersonBackend"]
PASSWORD_HASHERS = ["preau.learn.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "preau.learn.accounts.sessions"
SESSION_COOKIE_NAME = "preau_session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_NAME = "preau_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "preau.learn.accounts.held.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:dashboard"
ACCOUNT_ADAPTER = "preau.learn.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "preau.learn.accounts.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home:landing"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_ADDRESS.startswith("https") else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password",)  # allauth 65.22 would ask for a code as well
SIGN_IN_PER_ADDRESS = str(_site["limits.sign_in_per_address"])  # accounts.throttle counts these
ACCOUNT_RATE_LIMITS = {
    "login": None,  # right passwords are never too many
    "login_failed": f"{_site['limits.sign_in_per_account']}/key",
    "signup": f"{_site['limits.sign_up_per_address']}/ip",
}

# Security
_https = bool(_site["server.https"])
TRUSTED_PROXIES = list(_site["server.trusted_proxies"])
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = False  # the web server's part; behind a proxy it would loop
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
DATA_UPLOAD_MAX_MEMORY_SIZE = int(_site["limits.form_kilobytes"]) * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
REQUEST_BYTES = int(_site["limits.upload_megabytes"]) * 1_000_000
QUIZ_STARTS_PER_SECOND = float(_site["limits.quiz_starts_per_second"])
PHOTO_BYTES = int(_site["limits.photo_megabytes"]) * 1_000_000
SILENCED_SYSTEM_CHECKS = ["security.W008"]

# Languages and time
LANGUAGES = [
    (code, name)
    for code, name in (("fr", "Français"), ("en", "English"))
    if code in _site["site.languages"]
]
LANGUAGE_CODE = str(_site["site.languages"][0])
LANGUAGE_COOKIE_NAME = "preau_language"
LOCALE_PATHS = [_package / "locale"]
TIME_ZONE = str(_site["site.time_zone"])
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = SITE_FOLDER / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "preau.learn.theme.static_files.HashedFiles"},
}
MEDIA_ROOT = SITE_FOLDER / "media"
EVENTS_ENGINE = str(_site["events.engine"])
EVENTS_KEEP_DAYS = int(_site["events.keep_days"])
EVENTS_FOLDER = SITE_FOLDER / "events"
ERASURES_FOLDER = SITE_FOLDER / "data" / "erasures"
STATISTICS_COUNTRIES = str(_site["statistics.countries"])
STATISTICS_WEB_LOG_REPORT = str(_site["statistics.web_log_report"])
XAPI_ENDPOINT = str(_site["xapi.endpoint"])
XAPI_KEY, XAPI_SECRET = str(_site["xapi.key"]), str(_site["xapi.secret"])
EVENTS_FULL_ADDRESSES = bool(_site["events.full_addresses"])
VISITOR_SECONDS = 5.0  # how long a page is shown to visitors before it is made anew

# Mail
EMAIL_BACKEND = "preau.learn.notifications.mail.QueuedMail"
MAIL_TRANSPORT = {
    "folder": "django.core.mail.backends.filebased.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "none": "django.core.mail.backends.dummy.EmailBackend",
}[str(_site["mail.delivery"])]
EMAIL_FILE_PATH = SITE_FOLDER / "mail"
EMAIL_HOST = str(_site["mail.host"])
EMAIL_PORT = int(_site["mail.port"])
EMAIL_HOST_USER = str(_site["mail.user"])
EMAIL_HOST_PASSWORD = str(_site["mail.password"])
EMAIL_USE_TLS = _site["mail.encryption"] == "starttls"
EMAIL_USE_SSL = _site["mail.encryption"] == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = str(_site["mail.sender"])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "formatter": "line"},
        "trouble": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "preau": {"level": "INFO"},
        "django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # The task worker tells every task's beginning and end; only what fails is news.
        "django_tasks": {"handlers": ["trouble"], "propagate": False},
        "django_tasks_db": {"handlers": ["trouble"], "propagate": False},
    },
}
