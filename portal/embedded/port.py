"""Asks, before the long work of a first start, whether the port is free; runs on the bare Python of the machine."""

import os
import socket
import sys
from pathlib import Path


def chosen() -> int:
    """PORT of the environment, else of .env, else 8000."""
    lines = Path(".env").read_text(encoding="utf-8").splitlines() if Path(".env").exists() else []
    kept = [line.removeprefix("PORT=") for line in lines if line.startswith("PORT=")]
    return int(os.environ.get("PORT") or (kept or ["8000"])[0])


def refuse_taken(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken: stop what uses it, or choose another: make run PORT={port + 1}")


if __name__ == "__main__":
    refuse_taken(chosen())
