#!/usr/bin/env python
"""Django's command line for this project; what the settings refuse is one sentence, not a traceback."""

import os
import sys


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    if arguments[1:2] == ["run"]:
        from portal.embedded import broker

        broker.start()  # the settings read the address it gives
    from django.core.management import execute_from_command_line

    from fund.core.starting import read_settings

    read_settings()
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
