"""The board of a call's decisions, 2,000 applications with five sheets each: every middleware, view and template, on PostgreSQL.

python benchmarks/pages.py [--count 2000] [--requests 100]
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

GOAL_QUERIES, GOAL_P95 = 15, 0.300  # of one page of 100 rows
SHEETS, EXPERTS = 5, 30


@contextmanager
def servers() -> Iterator[None]:
    """A PostgreSQL and a Valkey of this run, Django set up on them, tables made."""
    from benchmarks.private import close_connections, collect_static, new_database
    from portal.embedded.valkey import Valkey
    from tests.services.postgres import Postgres

    valkey, postgres = Valkey(), Postgres()
    valkey.start()
    postgres.start()
    with tempfile.TemporaryDirectory(prefix="fund-pages-") as folder:
        os.environ.update(
            DATABASE_URL=new_database(postgres.url), REDIS_URL=valkey.url, MEDIA_ROOT=folder, DEMO="true", DEBUG="false"
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "fund.settings"
        from django.core.management import call_command

        import fund.wsgi  # noqa: F401 -- begins as a web worker does

        call_command("migrate", verbosity=0)
        collect_static(dict(os.environ))
        try:
            yield
        finally:
            close_connections()
            postgres.stop()
            valkey.stop()


def make_field(count: int):
    """A call in judging and its officer; applications are like one made by the verbs, their sheets handed in."""
    from django.db.models import OuterRef
    from django.utils import timezone

    from grants.applications.models import Application
    from grants.reviews.models import HandIn, Sheet
    from tests.factories.calls import make_call
    from tests.factories.people import make_account
    from tests.factories.reviews import make_admitted, make_expert

    now, dice = timezone.now(), random.Random(2027)
    officer = make_account("Ольга", "Лесная", roles=["officer"])
    call = make_call(officer, now=now, state="judging", envelope=count * 25_000, most=200_000)
    like = make_admitted(call, now=now)
    same = {f.attname: getattr(like, f.attname) for f in Application._meta.concrete_fields if f.name not in ("id", "uid")}
    same |= {"state": "under_review"}
    applications = Application.objects.bulk_create(
        Application(**same | {"number": f"{call.code}-{n:05}", "amount": Decimal(dice.randint(50, 200) * 1000)})
        for n in range(count)
    )
    experts = [make_expert() for _ in range(EXPERTS)]
    accepted = {"state": "accepted", "invited_at": now, "invited_by": officer, "due_at": now + timedelta(days=5)}
    sheets = Sheet.objects.bulk_create(
        Sheet(application=one, expert=expert, **accepted) for one in applications for expert in dice.sample(experts, SHEETS)
    )
    HandIn.objects.bulk_create(hand_in_on(HandIn, sheet, now, dice) for sheet in sheets)
    Sheet.objects.update(state="submitted", current=HandIn.objects.filter(sheet=OuterRef("pk")).values("pk"))
    return call, officer


def hand_in_on(model, sheet, now, dice: random.Random):
    use, plan = dice.randint(1, 5), dice.randint(1, 5)
    scores = {"use": {"value": str(use), "comment": ""}, "plan": {"value": str(plan), "comment": ""}}
    return model(sheet=sheet, number=1, submitted_at=now, scores=scores, total=3 * use + 2 * plan)


def measure(count: int, requests: int) -> bool:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    call, officer = make_field(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(officer)
    address = reverse("councils:list", args=[call.slug])

    def seconds(number: int) -> float:
        began = perf_counter()
        response = client.get(address, {"page": number})
        took = perf_counter() - began
        assert response.status_code == 200, response.status_code
        return took

    first = seconds(1)
    with CaptureQueriesContext(connection) as captured:
        seconds(1)
        queries = len(captured)
    pages, cpu = -(-count // 100), process_time()
    took = sorted(seconds(number % pages + 1) for number in range(requests))
    cpu = (process_time() - cpu) / requests
    p95 = took[int(requests * 0.95) - 1]
    print(f"{count:,} applications × {SHEETS} sheets, 100 rows a page, {requests} requests, load {os.getloadavg()[0]:.2f}")
    told("queries", f"{queries}", f"≤ {GOAL_QUERIES}", queries <= GOAL_QUERIES)
    told("p95", f"{p95 * 1000:.0f} ms", f"≤ {GOAL_P95 * 1000:.0f} ms", p95 <= GOAL_P95)
    print(f"{'median':<34}{took[requests // 2] * 1000:.0f} ms, of the processor {cpu * 1000:.0f} ms")
    print(f"{'the first, which computes and stores':<34} {first * 1000:.0f} ms")
    return queries <= GOAL_QUERIES and p95 <= GOAL_P95


def told(what: str, figure: str, goal: str, met: bool) -> None:
    print(f"{what:<34}{figure}, goal {goal}: {'met' if met else 'missed'}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--requests", type=int, default=100)
    options = parser.parse_args()
    with servers():
        return 0 if measure(options.count, options.requests) else 1


if __name__ == "__main__":
    sys.exit(main())
