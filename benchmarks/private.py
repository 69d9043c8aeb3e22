"""What benchmarks with a database of their own share."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def collect_static(surroundings: dict[str, str]) -> None:
    """`manage.py run` does not start without the static files of its pages."""
    from django.conf import settings

    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        for words in (["css"], ["collectstatic", "--no-input", "--verbosity", "0"]):
            subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=surroundings, check=True)


def new_database(url: str) -> str:
    """A database that the product's role owns."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return url.rpartition("/")[0] + "/bench"


def close_connections() -> None:
    from django.db import connections

    connections.close_all()
