"""The entry for a web server: `gunicorn fund.wsgi`."""

import gc

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from fund.core.starting import CANNOT_LOAD, read_settings

read_settings(code=CANNOT_LOAD)
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 -- every page's code is read now, not while its first visitor waits
# What has been loaded stays to the end. The collector need not go through it again: that made one long page in twenty
# twice as slow as the others.
gc.collect()
gc.freeze()
