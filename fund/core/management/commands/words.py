"""`manage.py words`: gathers each room's messages into its .po file and compiles it; `--check` only judges."""

from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fund.core import messages

LANGUAGE = "ru"  # messages are written in English; Russian is the one translation


def rooms() -> dict[str, Path]:
    """Our own rooms: label and folder."""
    ours = (config for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR))
    return {config.label: Path(config.path) for config in ours if ".venv" not in config.path}


class Command(BaseCommand):
    help = "Gathers, checks and compiles the messages of each room"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail if any translation is lacking")
        parser.add_argument("--compile", action="store_true", help="only compile what is there")
        parser.add_argument("--room", action="append", help="one room (may be repeated)")

    def handle(self, *args, check, compile, room, **options):
        told = []
        for label, folder in rooms().items():
            if room and label not in room:
                continue
            path = settings.BASE_DIR / "locale" / label / LANGUAGE / "LC_MESSAGES" / "django.po"
            told += [f"{label}: {fault}" for fault in self.one(label, folder, path, check, compile)]
        for line in told:
            self.stderr.write(line)
        if check and told:
            raise CommandError(f"{len(told)} messages are not ready.")

    def one(self, label: str, folder: Path, path: Path, check: bool, compile: bool) -> list[str]:
        """What one room lacks; writes and compiles its file unless only asked to judge."""
        file = polib.pofile(str(path), wrapwidth=0) if path.exists() else messages.new_file(LANGUAGE)
        if compile:
            self.save(file, path, compiled_only=True)
            return []
        found = messages.gather(label, folder, settings.BASE_DIR)
        if not check and (found or path.exists()):
            messages.merge(file, found)
            self.save(file, path)
        return messages.faults(file, found)

    def save(self, file: polib.POFile, path: Path, compiled_only: bool = False) -> None:
        if compiled_only and not path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if not compiled_only:
            file.metadata["Plural-Forms"] = messages.PLURALS
            file.save(str(path))
        file.save_as_mofile(str(path.with_suffix(".mo")))
