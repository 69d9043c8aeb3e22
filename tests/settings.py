"""The product's settings for tests: quick passwords, plain static files, and names of its own for each worker of xdist."""

import os

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = os.environ.get("TEST_PORTS", "8000").split()
os.environ.update(DEMO="true", DEBUG="false", PORT=PORTS[WORKER % len(PORTS)])
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = f"127.0.0.1:{os.environ['PORT']}"  # so SITE_URL, and links in letters, lead there
os.environ.pop("SITE_URL", None)

from fund.settings import *  # noqa: E402, F403
from fund.settings import CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

PREFIX = f"{os.environ.get('TEST_PREFIX', 'fund-tests-')}{WORKER}-"
FOLDER = os.environ.get("TEST_FOLDER", "/tmp")
INSTALLED_APPS = [*INSTALLED_APPS, "tests.flushing", "django_migration_linter"]
OURS = [
    name.rpartition(".")[2]
    for name in INSTALLED_APPS
    if name.split(".")[0] in ("fund", "grants", "events", "volunteers", "portal")
]
MIGRATION_LINTER_OPTIONS = {"include_apps": OURS, "no_cache": True, "quiet": ["ok", "ignore"]}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = f"{FOLDER}/media-{WORKER}"
CELERY_BEAT_SCHEDULE_FILENAME = f"{FOLDER}/beat-{WORKER}"
# Several runs and workers may share one Redis: nobody sees another's tasks or cached pages.
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": PREFIX}
if os.environ.get("REDIS_URL"):
    from fund.settings import CACHES

    CACHES["default"]["KEY_PREFIX"] = PREFIX
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL and IMMEDIATE mean nothing in memory.
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER}/test.sqlite3"}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"{PREFIX.replace('-', '_')}test"}
