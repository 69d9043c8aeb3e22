"""Web workers in production: `gunicorn -c deploy/gunicorn.conf.py fund.wsgi`."""

import os

# One address for the proxy; 127.0.0.1 is also the address whose arrival stamp (X-Request-Start) the settings believe.
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))  # about one for each core
threads = 8
timeout = 60
graceful_timeout = 30
keepalive = 5
preload_app = True  # the workers share the memory of the code
# A worker is renewed before a day's load has made it grow; the jitter keeps two from leaving at once.
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None  # the product writes its own lines, without addresses of people
errorlog = "-"
control_socket_disable = True  # systemd stops and reloads it; nobody else should
