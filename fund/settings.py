"""Every setting of the product. What an operator may change comes from the environment (.env.example explains each)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF

from fund.core import logs, profile, secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SECRET_KEY = secret.key(env.str("SECRET_KEY", ""), demo=DEMO, var=VAR)
# After a change of the key: the old ones still open sessions, links and second factors made with them.
SECRET_KEY_FALLBACKS = [secret.key(old, demo=False, var=VAR) for old in env.list("SECRET_KEY_FALLBACKS", default=[])]
secret.refuse_insecure(debug=DEBUG, demo=DEMO, site_url=SITE_URL)

PROFILE = profile.load(env.str("PROFILE", "gusev"), BASE_DIR / "profiles")
SITE_HOST = urlsplit(SITE_URL).hostname
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = [SITE_HOST, *LOOPBACK]
IS_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # the widgets' own templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "template_partials",
    "phonenumber_field",
    "csp",
    "django_structlog",
    "fund.core",
    "fund.accounts",
    "fund.audit",
    "fund.workflow",
    "fund.notices",
    "fund.people",
    "fund.documents",
    "fund.questions",
    "fund.lots",
    "grants.scoring",
    "grants.calls",
    "grants.proposals",
    "grants.applications",
    "grants.reviews",
    "grants.councils",
    "grants.results",
    "portal",
]

MIDDLEWARE = [
    "fund.core.middleware.Arrival",
    "csp.middleware.CSPMiddleware",  # outermost of what answers: files of WhiteNoise and redirects carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "fund.core.middleware.PlainInput",  # before anything asks the database for a session
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "fund.core.middleware.Resent",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "fund.core.middleware.Desk",
    "fund.people.middleware.SecondFactor",
    "fund.people.middleware.SignInPages",
]

ROOT_URLCONF = "fund.urls"
WSGI_APPLICATION = "fund.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "fund.core.context.site",
            ],
            "builtins": ["fund.core.templatetags.gs", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# Data ---------------------------------------------------------------------------------------------------------------

VAR.mkdir(exist_ok=True)
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that will write takes the lock at once; the default answers "database is locked" under load.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
    }
else:
    # Our plans are short; PostgreSQL's JIT costs more than it saves on them. Nobody waits for a lock or a statement for ever.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c jit=off -c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    )
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR / "media")))
MEDIA_URL = "/media/"
CLAMAV_URL = env.str("CLAMAV_URL", "")  # a virus scanner for uploads, if the fund runs one
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# Without REDIS_URL nothing is shared between processes: `manage.py run` starts a Valkey of its own and sets it.
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "fund.core.cache.FailOpenRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Letters ------------------------------------------------------------------------------------------------------------

LETTERS_DIR = VAR / "letters"
_mail = env.email_url("EMAIL_URL", default=f"filemail:///{LETTERS_DIR}" if (DEMO or DEBUG) else "smtp://localhost:25")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(LETTERS_DIR) if EMAIL_BACKEND.endswith("filebased.EmailBackend") else None
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST"), _mail.get("EMAIL_PORT")
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER"), _mail.get("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = PROFILE.mail_from

# Celery: a doorbell only; what must happen stands in the database (fund/celery.py lists the recurring jobs) -----------

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # nothing is put aside for later: what comes first by its priority is taken next
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# max_retries 0: a page that rings a dead broker waits for no second try; a worker still reconnects, for ever.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 2, "socket_connect_timeout": 2, "max_retries": 0} if REDIS_URL else {}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_TIMEZONE = "UTC"

# Languages and time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = sorted(p for p in (BASE_DIR / "locale").iterdir() if p.is_dir())
USE_I18N = USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", PROFILE.time_zone)
PHONENUMBER_DEFAULT_REGION = "RU"

# Pages --------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/golos", BASE_DIR / "node_modules/@fontsource-variable/golos-text/files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
CRISPY_ALLOWED_TEMPLATE_PACKS = ("gs",)
CRISPY_TEMPLATE_PACK = "gs"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Signing in ---------------------------------------------------------------------------------------------------------

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    # One of allauth's kind, alone: a second backend would hash a wrong password twice and tell known addresses by time.
    "fund.people.backend.SignIn",
]
ACCOUNT_ADAPTER = "fund.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "fund.people.forms.LoginForm",
    "signup": "fund.people.forms.SignupForm",
    "add_email": "fund.people.forms.ChangeAddressForm",
    "change_password": "fund.people.forms.ChangePasswordForm",
    "set_password": "fund.people.forms.SetPasswordForm",
    "reset_password": "fund.people.forms.ResetPasswordForm",
    "reset_password_from_key": "fund.people.forms.NewPasswordForm",
    "request_login_code": "fund.people.forms.RequestCodeForm",
    "confirm_login_code": "fund.people.forms.ConfirmCodeForm",
    "reauthenticate": "fund.people.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # no password: a mailed code each time
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True  # "strict" would make a second account of one address, which ours forbid
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before the address or the second factor changes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# allauth counts in the cache; fund.people counts failures in the database instead, which no restart empties.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
# Behind https stands our own proxy, whose last X-Forwarded-For entry is believed; without it no header is.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0
MFA_ADAPTER = "fund.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "fund.people.forms.SecondFactorForm",
    "reauthenticate": "fund.people.forms.ConfirmSecondFactorForm",
    "activate_totp": "fund.people.forms.SetUpAppForm",
    "deactivate_totp": "fund.people.forms.RemoveAppForm",
    "add_webauthn": "fund.people.forms.AddKeyForm",
    "edit_webauthn": "fund.people.forms.NameKeyForm",
    "generate_recovery_codes": "fund.people.forms.MakeRecoveryCodesForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_TOTP_ISSUER = PROFILE.name.en or PROFILE.name.ru
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # keys work on http://localhost in the demo
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
TRUSTED_PROXIES = ["127.0.0.1", "::1"]  # our own proxy; only these may stamp X-Request-Start
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Logs: one line per event, nothing personal (fund/core/logs.py) ------------------------------------------------------

LOGGING = logs.configure(level="WARNING" if DEMO and not DEBUG else "INFO", readable=DEBUG or DEMO)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = ""  # the audit says who did what; asking here would also cost each public page a query
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
