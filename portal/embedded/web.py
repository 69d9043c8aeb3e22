"""The web server of the embedded mode: waitress, threads, this process."""

import logging
import threading

from waitress.server import create_server
from waitress.wasyncore import dispatcher

from fund.wsgi import application

THREADS = 8


class Web:
    """Takes its port when it is made, so a taken one is known before anything else starts."""

    def __init__(self, host: str, port: int) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
        self.server = create_server(application, host=host, port=port, threads=THREADS, ident=None)
        self.thread = threading.Thread(target=self.server.run, name="web", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """No new request is taken; those under way get five seconds. The loop itself closes its socket: it may be waiting on it."""
        self.server.trigger.pull_trigger(lambda: dispatcher.close(self.server))
        self.server.task_dispatcher.shutdown(cancel_pending=True, timeout=5)
