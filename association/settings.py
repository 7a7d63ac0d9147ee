"""All settings. A clean clone starts without any; production refuses to start half-configured.

Values come from the environment, and before that from an `.env` file beside manage.py (KEY=value
lines; `make setup` writes one for the demo). The environment wins.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parent.parent
# A test run never reads somebody's .env.
TESTING = "pytest" in sys.modules

MODES = ("development", "demo", "test", "production")


def read_env_file(path: Path) -> None:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip())


if not TESTING:
    read_env_file(ROOT / ".env")


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """True or False; any other word is refused, because "no" would otherwise mean yes."""
    value = env(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}")
    return value == "True"


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


MODE = env("PORTAL_MODE", "test" if TESTING else "development")
if MODE not in MODES:
    raise ImproperlyConfigured(f"PORTAL_MODE must be one of {', '.join(MODES)}, not {MODE!r}")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = env_bool("DEBUG", MODE == "development")

SECRET_KEY = env("SECRET_KEY", "" if PRODUCTION else "for-this-machine-only-never-in-production")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# The site's own address, for what is read elsewhere: letters, printed codes, the desk's links.
SITE_URL = env("SITE_URL", "" if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
# The password of every demo account. The command that makes them refuses any mode but demo and test.
DEMO_PASSWORD = env("DEMO_PASSWORD", "" if PRODUCTION else "shili-2021")

if PRODUCTION:
    needed = {
        "SECRET_KEY": len(SECRET_KEY) >= 32, "ALLOWED_HOSTS": bool(ALLOWED_HOSTS),
        "SITE_URL": SITE_URL.startswith(("https://", "http://")),
    }  # fmt: skip
    for name, value in needed.items():
        if not value:
            raise ImproperlyConfigured(
                f"Production needs {name} (a secret key of 32 characters, an address such as https://portal.example.org)"
            )
    if DEMO_PASSWORD or DEBUG:
        raise ImproperlyConfigured("Production runs without DEMO_PASSWORD and without DEBUG")

# ── Where things are kept ────────────────────────────────────────────────────────────────────────
VAR = Path(env("PORTAL_VAR", str(ROOT / "var")))
DATABASES = {"default": dj_database_url.parse(env("DATABASE_URL", f"sqlite:///{VAR / 'portal.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Django's defaults answer "database is locked" under a handful of writers; these do not.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
if MODE == "test":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Uploaded originals and release snapshots: never served by address, only through a view that checks.
PRIVATE_ROOT = Path(env("PRIVATE_ROOT", str(VAR / "private")))
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
HASHED_STATIC = MODE in ("demo", "production")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    # Small pictures for the editing desk alone, served by a view that asks who looks.
    "desk_pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT / "desk", "base_url": "/editing/files/"},
    },
    "staticfiles": {
        "BACKEND": "portal.ui.static_files.CompressedStaticFiles"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = not HASHED_STATIC
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A quarter of 500 lines posts some thousands of fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# ── What runs ────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "import_export",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.table_block",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "portal.ui",
    "portal.reference",
    "portal.journal",
    "portal.members",
    "portal.filings",
    "portal.statistics",
    "portal.publishing",
    "portal.front",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Kept pages come with all headers that what follows has given them.
    "portal.ui.middleware.CachedIfPublic",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.ui.middleware.RememberedLanguage",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.ui.middleware.NotThatWay",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.ui.middleware.ClosedUnlessPublic",
    "portal.members.middleware.ReadOnlyWhileViewing",
    "portal.publishing.middleware.EditingDeskPolicy",
]
ROOT_URLCONF = "association.urls"
WSGI_APPLICATION = "association.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.site",
            ],
        },
    }
]

# ── People ───────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "portal.members.access.AppointedAdmin",
]
if MODE == "test":
    # Hashing is slow by intention; tests sign in hundreds of times. The demo's people come with the slow one.
    PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("MD5", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:workspace"
LOGOUT_REDIRECT_URL = "front:home"
ACCOUNT_ADAPTER = "portal.members.access.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Counted in the shared cache, so that every worker sees the same attempts.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/m/ip,5/m/key",
    # Firms that ask to join, and people who choose a password by an invitation's link.
    "join": "10/h/ip", "claim": "20/10m/ip",
    # Those who ask for letters; an address is written to once in ten minutes besides.
    "subscribe": "20/h/ip",
}  # fmt: skip
# Addresses are given by the association or a firm's owner, not typed in by strangers.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True

# ── Safety ───────────────────────────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = int(env("SECURE_HSTS_SECONDS", "31536000" if PRODUCTION else "0"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing inline, nothing from outside: no page needs a nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "display-capture")
}

# ── Words and times ──────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
# The second holds what Wagtail's own Chinese lacks (`make messages` would drop it from the first).
LOCALE_PATHS = [ROOT / "locale", ROOT / "locale" / "desk"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# The demo lives in its own time: its clock read DEMO_CLOCK when it was set up, and goes on from there.
DEMO_CLOCK = env("DEMO_CLOCK", "2021-01-12T09:00:00+08:00")
CLOCK_OFFSET = timedelta()
if DEMO:
    DEMO_SET_UP_AT = datetime.fromisoformat(env("DEMO_SET_UP_AT") or datetime.now(UTC).isoformat())
    CLOCK_OFFSET = datetime.fromisoformat(DEMO_CLOCK) - DEMO_SET_UP_AT

# ── The editing desk (Wagtail) ───────────────────────────────────────────────────────────────────
WAGTAIL_SITE_NAME = _("editing desk")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# People, their language and their passwords are the portal's own.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_EDIT_FORM = "wagtail.users.forms.UserEditForm"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_WORKFLOW_ENABLED = False
# Milliseconds after the last key until the editor saves by itself.
WAGTAIL_AUTOSAVE_INTERVAL = 2000
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILIMAGES_RENDITION_STORAGE = "desk_pictures"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.publishing.forms_figures.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
TAGGIT_CASE_INSENSITIVE = True

# Outside addresses (policies, entrances) are looked at weekly by `tick`; a demo and a test ask nobody by themselves.
LINK_CHECKS = env_bool("LINK_CHECKS", PRODUCTION)
# Only tests, whose server is on this machine, may look into private networks.
LINKS_TO_PRIVATE_ADDRESSES = False

# ── The association ──────────────────────────────────────────────────────────────────────────────
SITE = {
    "name_zh": env("SITE_NAME_ZH", "服务外包行业协会"),
    "name_en": env("SITE_NAME_EN", "Service Outsourcing Association"),
    "icp": env("SITE_ICP", "京ICP备00000000号-0（示例）" if not PRODUCTION else ""),
    "police": env("SITE_POLICE", "公安备案 00000000000000号（示例）" if not PRODUCTION else ""),
    "address_zh": env("SITE_ADDRESS_ZH", "示例市示例路1号" if not PRODUCTION else ""),
    "address_en": env("SITE_ADDRESS_EN", "1 Example Road, Example City" if not PRODUCTION else ""),
    "phone": env("SITE_PHONE", "000-00000000" if not PRODUCTION else ""),
    "email": env("SITE_EMAIL", "office@example.org"),
}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", SITE["email"])
EMAIL_BACKEND = env(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", False)
# A mail server that says nothing is waited for so many seconds, at each word.
EMAIL_TIMEOUT = int(env("EMAIL_TIMEOUT", "30"))
# Letters to subscribers: so many in a batch, and so many seconds between two; where mails go that come back, if not to
# the sender (it is written as bounces+…@…, docs/adr/0023).
LETTERS_BATCH = int(env("LETTERS_BATCH", "50"))
LETTERS_PAUSE = float(env("LETTERS_PAUSE", "2"))
LETTERS_RETURN_ADDRESS = env("LETTERS_RETURN_ADDRESS")

# A figure is withheld that fewer firms than this are in, or that two firms dominate, or that the second could estimate
# the largest from; an estimate has to stay the protection away, in per cent of the largest (docs/methodology.md).
DISCLOSURE_MIN_FIRMS = int(env("DISCLOSURE_MIN_FIRMS", "3"))
DISCLOSURE = {
    "dominance_percent": int(env("DISCLOSURE_DOMINANCE_PERCENT", "85")),
    "p_percent": int(env("DISCLOSURE_P_PERCENT", "10")),
    "protection_percent": int(env("DISCLOSURE_PROTECTION_PERCENT", "10")),
}
# Growth on a base under this (US dollar cents) is marked as growth on a low base.
LOW_BASE_FLOOR_CENTS = int(env("LOW_BASE_FLOOR_CENTS", "100000000"))

# Once filings were due, figures are final when so many per cent of the firms, and of last year's value, are in.
FINAL_BY_COUNT = env("FINAL_BY_COUNT", "90")
FINAL_BY_VALUE = env("FINAL_BY_VALUE", "95")

# The association reviews a filing within so many working days, and approves together what moves a total by less than
# this (in points of a cell; docs/review.md).
REVIEW_WORKING_DAYS = int(env("REVIEW_WORKING_DAYS", "5"))
BULK_EFFECT_LIMIT = env("BULK_EFFECT_LIMIT", "1.00")
# Firms that have not filed are reminded so many working days before and after the day on which they are due, and on it.
REMINDERS_BEFORE = [int(days) for days in env_list("REMINDERS_BEFORE", "5,1")]
REMINDERS_AFTER = [int(days) for days in env_list("REMINDERS_AFTER", "1,5,10")]

# django-import-export: only signed-in staff with the model's permissions, one transaction per import.
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_SKIP_ADMIN_LOG = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
# The list that "Belt and Road" means in a release's headline; every list has its own cells.
BELT_AND_ROAD_LIST = env("BELT_AND_ROAD_LIST", "guiyang_report_2020")
# The public API answers one address so often: a number, and s, m or h for the second, minute or hour (docs/api.md).
API_RATE = env("API_RATE", "120/m")
# What counts a release: DuckDB in this process, or a Spark cluster at spark://host:port/folder (docs/scaling.md).
STATISTICS_ENGINE = env("STATISTICS_ENGINE")
# So many public pages are kept by each process until the minute is over; none where pages are tried out.
PAGES_KEPT = int(env("PAGES_KEPT", "256" if MODE in ("demo", "production") else "0"))
