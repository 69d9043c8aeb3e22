"""The virus scanner, if the fund runs one: ClamAV's own protocol over a socket (CLAMAV_URL=clamd://host:3310)."""

import socket
import struct
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 64 * 1024
PATIENCE = 30


def scan(file: IO[bytes]) -> str:
    """The name of the virus found, or nothing. Raises OSError when the scanner is away or answers nonsense."""
    with _connect() as line:
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
        answer = line.recv(4096).rstrip(b"\0\n").decode(errors="replace")
    if answer.endswith("OK"):
        return ""
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream: ").removesuffix("FOUND").strip()
    raise OSError(f"the virus scanner said {answer[:100]!r}")


def _connect() -> socket.socket:
    parts = urlsplit(settings.CLAMAV_URL)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        line.connect(parts.path)
        return line
    return socket.create_connection((parts.hostname or "localhost", parts.port or 3310), timeout=PATIENCE)
