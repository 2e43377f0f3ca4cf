"""The settings, all of them, each from an environment variable where it may differ.

`docs/settings.md` explains them; `onestory check` says what is missing for real use.
"""

import os
from pathlib import Path

from onestory import database

ROOT = Path(__file__).resolve().parent.parent


def _flag(variable: str, default: bool = False) -> bool:
    return os.environ.get(variable, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(variable: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(variable, default).split(",") if word]


# A demonstration says so on every page, and does not demand a second factor.
DEMO = _flag("ONESTORY_DEMO")
DEBUG = _flag("ONESTORY_DEBUG")
SECRET_KEY = database.secret("django")
ALLOWED_HOSTS = _words("ONESTORY_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_FAILURE_VIEW = "onestory.portal.views.faults.forged"
CSRF_TRUSTED_ORIGINS = _words("ONESTORY_ORIGINS")

INSTALLED_APPS = [
    "onestory.kernel",
    "onestory.agencies",
    "onestory.access",
    "onestory.people",
    "onestory.assessment",
    "onestory.cases",
    "onestory.support",
    "onestory.conversations",
    "onestory.risk",
    "onestory.sealed",
    "onestory.therapy",
    "onestory.marac",
    "onestory.rights",
    "onestory.inquiries",
    "onestory.reporting",
    "onestory.portal",
    "onestory.public",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onestory.kernel.csp.SecureHeaders",
    "onestory.portal.middleware.NameOfItsOwn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "onestory.agencies.middleware.SessionClock",
    "onestory.access.middleware.ActorOfRequest",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "onestory.urls"
WSGI_APPLICATION = "onestory.wsgi.application"
FORM_RENDERER = "onestory.kernel.forms.GovukRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onestory.frame.frame",
            ],
        },
    }
]

DATABASES = database.django_databases()
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in
AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
PASSWORD_RESET_TIMEOUT = 72 * 3600  # how long an invitation can be used
ACCOUNT_ADAPTER = "onestory.agencies.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "onestory.agencies.forms.SignInForm"}
# Ours counts in PostgreSQL, which all workers share: see `agencies.actions.sign_in`.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "onestory.agencies.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are up to half a minute out
MFA_FORMS = {
    name: f"onestory.agencies.forms.{form}"
    for name, form in (
        ("authenticate", "CodeForm"),
        ("authenticate_webauthn", "PasskeyForm"),
        ("login_webauthn", "PasskeySignInForm"),
        ("activate_totp", "SetUpAppForm"),
        ("deactivate_totp", "RemoveAppForm"),
        ("add_webauthn", "AddPasskeyForm"),
        ("edit_webauthn", "NamePasskeyForm"),
    )
}

# The council's own identity provider, where there is one.
OIDC_NAME = os.environ.get("ONESTORY_OIDC_NAME", "")
OIDC_ISSUER = os.environ.get("ONESTORY_OIDC_ISSUER", "").rstrip("/")
# Set where the provider itself demands a second factor of everybody; then ours is not asked for.
OIDC_DEMANDS_SECOND_FACTOR = _flag("ONESTORY_OIDC_SECOND_FACTOR")
SOCIALACCOUNT_ADAPTER = "onestory.agencies.adapter.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": os.environ.get("ONESTORY_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("ONESTORY_OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    # Addresses that count as verified although the provider does not say so.
                    "verified_email": _words("ONESTORY_OIDC_DOMAINS"),
                },
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
# A browser asks this of a form that leads to the provider.
CSP_FORM_TARGETS = ["/".join(OIDC_ISSUER.split("/")[:3])] if OIDC_ISSUER else []

# A session locks when nothing was done for half an hour, and ends after twelve hours or with the
# browser. What was typed outlives both: see `agencies.middleware`.
IDLE_SECONDS = int(os.environ.get("ONESTORY_IDLE_MINUTES", "30")) * 60
SESSION_COOKIE_AGE = 12 * 3600
# Own pages, perhaps read on a watched telephone: minutes of quiet, an hour at most; and the address
# that is read out to her, where it is another than that of staff.
OWN_PAGES_IDLE_SECONDS = int(os.environ.get("ONESTORY_OWN_PAGES_IDLE_MINUTES", "5")) * 60
OWN_PAGES_SECONDS = 3600
OWN_PAGES_ADDRESS = os.environ.get("ONESTORY_OWN_PAGES_ADDRESS", "")
# Carries notices without content to people outside: a class of `conversations.sender`.
SENDER = os.environ.get("ONESTORY_SENDER", "onestory.conversations.sender.ConsoleSender")
SESSION_ENGINE = "onestory.agencies.sessions"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE = _flag("ONESTORY_HTTPS", default=not (DEMO or DEBUG))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
# How many proxies of our own stand in front: only what the outermost of them saw is believed.
TRUSTED_PROXIES = int(os.environ.get("ONESTORY_PROXIES", "0"))

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
# One language: every address that is made would ask which.
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = database.home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# What an upload may weigh, and nothing of it on disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 100 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

# Area packs
AREAS = Path(os.environ.get("ONESTORY_AREAS", ROOT / "areas"))

DEFAULT_FROM_EMAIL = os.environ.get("ONESTORY_EMAIL_FROM", "onestory@localhost")
EMAIL_BACKEND = os.environ.get("ONESTORY_EMAIL", "django.core.mail.backends.console.EmailBackend")

# Logs say what happened, never to whom.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.db.backends": {"level": "INFO"}},
}
