"""What every instance shares. Values that differ between instances come from ``config.env``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from config import env
from linzhan.kernel import keys
from linzhan.kernel.postgres import addresses
from linzhan.kernel.postgres.layout import Layout

BASE_DIR = env.BASE_DIR
ENVIRONMENT = env.read()
DATA = ENVIRONMENT.data

SECRET_KEY = ENVIRONMENT.secret_key or keys.secret(DATA / "keys", keys.SESSIONS)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ENVIRONMENT.hosts]
PUBLIC_URL = ENVIRONMENT.public_url  # how the world calls this instance; empty where it is one machine's own

LADDER = (
    "kernel",
    "territory",
    "accounts",
    "policy",
    "network",
    "providers",
    "workforce",
    "procurement",
    "casework",
    "linkage",
    "quality",
    "oversight",
    "office",
    "field",
    "interface",
    "demo",
)

INSTALLED_APPS = [
    *(f"linzhan.{app}" for app in LADDER),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "procrastinate.contrib.django",
    "axes",
    "ninja",
    "django_htmx",
]

MIDDLEWARE = [
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.security.ContentSecurityPolicyMiddleware",
    "linzhan.interface.admission.AdmissionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.security.ReadableAddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "axes.middleware.AxesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linzhan.accounts.middleware.ScopeMiddleware",
    "linzhan.kernel.access.AccessMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "linzhan.office.frame.frame",
            ],
        },
    },
]


PREPARED_FROM = 3  # times a statement is sent as text before the server keeps its plan


def database(address: str) -> dict[str, Any]:
    """One entry of ``DATABASES``: persistent connections that speak local time, so that a day is a day here."""
    entry = env.django_database(address)
    return entry | {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TIME_ZONE": "Asia/Shanghai",
        # Statements that come again are planned once a connection (``kernel.statements``).
        "OPTIONS": {"prepare_threshold": PREPARED_FROM} | entry["OPTIONS"],
    }


_addresses = addresses(DATA, ENVIRONMENT.database_url, ENVIRONMENT.app_database_url)
DATABASES = {
    "default": database(
        _addresses.app_dsn
    ),  # the application's role: owns nothing, bound by row-level security
    "owner": database(_addresses.owner_dsn) | {"CONN_MAX_AGE": 0},  # migrates and nothing else
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "linzhan.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "linzhan.accounts.passwords.PasswordRules"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "linzhan.accounts.sessions"
SESSION_COOKIE_NAME = "linzhan"
SESSION_COOKIE_AGE = ENVIRONMENT.idle_minutes * 60
SESSION_SAVE_EVERY_REQUEST = False  # the scope middleware renews a session at most once a minute
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_TIMEOUT = timedelta(minutes=ENVIRONMENT.idle_minutes)
CSRF_COOKIE_HTTPONLY = False  # htmx and the phone app send it back in a header
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["password", "token"]
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "linzhan.office.accounts.signing.locked_out"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "style-src": "'self'",
    "script-src": "'self'",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"

FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000  # a phone's batch of offline records, without files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
UPLOAD_LIMIT = ENVIRONMENT.upload_mb * 1_000_000  # bytes of one file, checked by the file service
SYNC_PLACES = ENVIRONMENT.sync_places  # phones that each web process answers at the same time
KEEP_DAYS = ENVIRONMENT.keep_days  # of uploads, rejected rows and exports that wait to be fetched
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
MEDIA_ROOT = DATA / "files"
FILES_ROOT = MEDIA_ROOT
LAKE_ROOT = DATA / "lake"
KEYS_ROOT = DATA / "keys"
FIELD_KEY = ENVIRONMENT.field_key or keys.secret(
    KEYS_ROOT, keys.FIELDS, may_create=not Layout(DATA).cluster.exists()
)

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a missing one
FRONTEND = BASE_DIR / "frontend"
STATICFILES_DIRS = [FRONTEND / "dist"] if (FRONTEND / "dist").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 0  # revalidated by date; file names of the front end carry their own hash

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "linzhan" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Where the queue's tasks stand; the worker imports these (the default looks for a tasks module in every app).
PROCRASTINATE_IMPORT_PATHS = ["linzhan.kernel.jobs.running", "linzhan.kernel.jobs.tasks"]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# The accounts of contract/commands.md that the demo city brings, with what they are.
DEMO_PASSWORD = "linzhan-demo"  # noqa: S105 - public by contract, refused unless the demo data is loaded
DEMO_ACCOUNTS = (
    ("admin", "系统管理员"),
    ("province", "省民政厅（湖南省）"),
    ("city", "市民政局（怀化市）"),
    ("county", "县民政局（鹤城区）"),
    ("purchaser", "购买主体"),
    ("finance", "财政"),
    ("township", "乡镇（街道）"),
    ("provider", "承接机构负责人"),
    ("lead", "站长"),
    ("worker", "驻站社工"),
    ("supervisor", "督导"),
    ("evaluator", "第三方评估"),
    ("protection", "未成年人保护专员"),
    ("volunteer", "志愿者"),
    ("resident", "服务对象"),
    ("haining", "县民政局（浙江海宁市）"),
    ("zhengzhou", "县民政局（郑州市二七区）"),
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},  # standard error
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "linzhan": {"level": ENVIRONMENT.log_level},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "axes": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
