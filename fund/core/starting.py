"""How a process of the product begins: what the settings refuse is one sentence and an exit code, not a traceback."""

import os
import sys

# To gunicorn: the application cannot be loaded. At any other code its master would start worker after worker.
CANNOT_LOAD = 4


def read_settings(*, code: int = 1) -> None:
    """Reads the settings, or ends the process with the sentence that says what is wrong with them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        settings.DEBUG  # noqa: B018 -- reads the settings
    except ImproperlyConfigured as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(code)
