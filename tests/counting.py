"""How many queries a page takes with few rows and with many: the same number, or its cost grows with the fund."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_at(client: Client, url: str, make_rows: Callable[[int], None], sizes: tuple[int, ...] = (3, 300)) -> list[int]:
    """Grows the page's rows to each size by `make_rows(how_many_more)` and counts the queries of one GET at each."""
    counts, rows = [], 0
    for size in sizes:
        make_rows(size - rows)
        rows = size
        client.get(url)  # what is cached for all (content types, the roles of the reader) is asked once
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == 200, f"{url} answers {response.status_code}"
        counts.append(len(captured))
    return counts
