"""The entry for a web server: `gunicorn fund.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
application = get_wsgi_application()
