"""Django's settings of the platform.

Everything a place may change comes from the environment; nothing secret has a default.
"""

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("YIZHENG_DATA", "var")).resolve()
TESTING = "pytest" in sys.modules


def _secret_key() -> str:
    """The key of this installation: from the environment, else made once and kept
    beside the data.
    """
    if key := os.environ.get("YIZHENG_SECRET_KEY"):
        return key
    file = DATA / "secret-key"
    if not file.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64))
    return file.read_text().strip()


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("YIZHENG_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Served over TLS, cookies are marked so; the embedded server on loopback speaks plain HTTP.
HTTPS = os.environ.get("YIZHENG_HTTPS", "0") == "1"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "yizheng.core",
    "yizheng.organisations",
    "yizheng.regulations",
    "yizheng.documents",
    "yizheng.people",
    "yizheng.venues",
    "yizheng.enterprises",
    "yizheng.contacts",
    "yizheng.staff",
    "yizheng.library",
    "yizheng.instructions",
    "yizheng.promises",
    "yizheng.transfers",
    "yizheng.proposals",
    "yizheng.opinions",
    "yizheng.activities",
    "yizheng.attending",
    "yizheng.learning",
    "yizheng.indicators",
    "yizheng.search",
    "yizheng.notices",
    "yizheng.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yizheng.portal.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "yizheng.people.middleware.idle_timeout",
    "yizheng.people.middleware.actor",
    "yizheng.people.middleware.account_duties",
    "yizheng.portal.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
    "yizheng.core.attempts.AttemptMiddleware",
]

ROOT_URLCONF = "yizheng.urls"
WSGI_APPLICATION = "yizheng.wsgi.application"

# Jinja2 renders our pages (measured in docs/performance.md); Django's engine stays for libraries'
# own templates.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            PACKAGE / app / "templates"
            for app in (
                "portal",
                "core",
                "documents",
                "people",
                "venues",
                "enterprises",
                "contacts",
                "staff",
                "organisations",
                "regulations",
                "library",
                "proposals",
                "opinions",
                "activities",
                "attending",
                "learning",
                "instructions",
                "promises",
                "transfers",
                "indicators",
                "search",
                "notices",
            )
        ],
        "OPTIONS": {
            "environment": "yizheng.portal.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "yizheng.portal.context_processors.shell",
                "yizheng.core.attempts.inputs",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

_SQLITE_OPTIONS = {
    # A write takes its lock at the start, so that two clerks wait for each other instead of
    # failing.
    "transaction_mode": "IMMEDIATE",
    # Seconds; a whole year brought in holds the lock for some of them, and nobody's work is refused
    # for that.
    "timeout": 60,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    " PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;",
}
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("YIZHENG_DATABASE_URL", f"sqlite:///{DATA / 'yizheng.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Whose rows are kept apart
TENANT_MODEL = "organisations.Organisation"

# Accounts
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "yizheng.people.backends.NameOrPhoneBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "yizheng.people.passwords.ReuseValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "yizheng.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "yizheng.people.forms.own_account.SignInForm",
    "change_password": "yizheng.people.forms.own_account.ChangePasswordForm",
    "reauthenticate": "yizheng.people.forms.own_account.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = (
    False  # failures are counted in the database by axes, for all server processes together
)
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "yizheng.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "yizheng.people.forms.own_account.CodeForm",
    "reauthenticate": "yizheng.people.forms.own_account.CodeAgainForm",
    "activate_totp": "yizheng.people.forms.own_account.SetUpForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by up to half a minute
MFA_TOTP_ISSUER = "议政"
USERSESSIONS_TRACK_ACTIVITY = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "yizheng.people.backends.lockout_name"
AXES_LOCKOUT_CALLABLE = "yizheng.people.views.own_account.locked_out"
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W006"
]  # a name rests for every address: guessing from many addresses counts together
AXES_ENABLED = not TESTING or os.environ.get("YIZHENG_TEST_AXES") == "1"
IDLE_MINUTES = int(os.environ.get("YIZHENG_IDLE_MINUTES", "30"))

CSRF_FAILURE_VIEW = "yizheng.portal.error_pages.no_token"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Language and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS: list[Path] = []
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# Files: attachments live under the data folder, never under the web root.
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Switched off, the next visit takes an installed worker and what it kept away again.
SERVICE_WORKER = os.environ.get("YIZHENG_OFFLINE", "1") == "1"
ATTACHMENT_BYTES = 20 * 1024 * 1024
# What a form takes, its fields say; these only keep the server whole. A text, a list or a choice of
# files that is somewhat too large is thereby refused at its field, and not by a page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "yizheng.core.uploads.UploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"numbered": {"()": "yizheng.core.faults.FaultNumberFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["numbered"]}
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("YIZHENG_LOG", "WARNING")},
}
