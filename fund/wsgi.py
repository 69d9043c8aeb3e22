"""The entry for a web server: `gunicorn fund.wsgi`."""

from django.core.wsgi import get_wsgi_application

from fund.core.starting import CANNOT_LOAD, read_settings

read_settings(code=CANNOT_LOAD)
application = get_wsgi_application()
