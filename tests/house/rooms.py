"""Which rooms there are and which stands on which, read from the import contracts of pyproject.toml."""

import subprocess
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent.parent
CORRIDORS = ("fund", "grants", "events", "volunteers", "portal")


def installed() -> list:
    """The app configs of our own rooms."""
    return [config for config in apps.get_app_configs() if config.name.split(".")[0] in CORRIDORS]


def below(room: str) -> set[str]:
    """The rooms ("fund.audit") a room may point to: itself, those under it in its corridor, and all under the corridor."""
    corridor = room.split(".")[0]
    names = {config.name for config in installed()}
    if corridor == "portal":
        return names
    foundation = {name for name in names if name.startswith("fund.")} if corridor != "fund" else set()
    layers = layers_of(corridor)
    own = next(index for index, layer in enumerate(layers) if room.split(".")[1] in layer)
    return foundation | {room} | {f"{corridor}.{name}" for layer in layers[own + 1 :] for name in layer} & names


def layers_of(corridor: str) -> list[set[str]]:
    """From the top down; rooms of one set are strangers to one another."""
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [corridor]:
            return [{name.strip(" ()") for name in layer.split("|")} for layer in contract["layers"]]
    raise LookupError(corridor)


def committed(*endings: str) -> list[Path]:
    """Files under version control, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file() and (not endings or path.name.endswith(endings))]
