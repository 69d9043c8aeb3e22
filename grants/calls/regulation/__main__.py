"""Prints the published schema: `python -m grants.calls.regulation > docs/regulation.schema.json`."""

import sys

from .files import published_schema

sys.stdout.write(published_schema())
