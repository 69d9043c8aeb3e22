"""How fast letters leave, and whether any is lost or doubled when their sender is killed.

    python benchmarks/letters.py --count 1000                      speed, two worker processes
    python benchmarks/letters.py --count 1000 --kill               SIGKILL of `celery worker`, then of `manage.py run`
    python benchmarks/letters.py --count 1000 --reminders 100000   and how long declaring so many reminders takes

Everything is private to the run: a real SMTP server, a Valkey, a PostgreSQL (or SQLite with --database sqlite).
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.private import close_connections, collect_static, new_database  # noqa: E402
from portal.embedded.valkey import Valkey, die_with_parent, free_port  # noqa: E402

PATIENCE = 200.0  # a lease is a minute, a sweep half of one


class Mailbox:
    """Counts what arrives by Message-ID, and the instant of the last new one."""

    def __init__(self, port: int):
        self.arrived: Counter[bytes] = Counter()
        self.bodies: dict[bytes, set[int]] = {}
        self.last = 0.0
        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
        ident = next(line for line in envelope.content.splitlines() if line.startswith(b"Message-ID"))
        self.arrived[ident] += 1
        self.bodies.setdefault(ident, set()).add(hash(envelope.content))
        self.last = time.monotonic()
        return "250 OK"

    def wait(self, count: int, senders: "Senders") -> None:
        """Until so many have arrived; gives up when a sender has ended by itself, or nothing comes any more."""
        deadline = time.monotonic() + PATIENCE
        while len(self.arrived) < count and time.monotonic() < deadline and senders.are_running():
            time.sleep(0.01)


class Senders:
    """The processes under test; each ends with this program."""

    def __init__(self, environment: dict[str, str], log: Path):
        self.environment, self.log = environment, log
        self.running: list[subprocess.Popen] = []

    def start(self, *words: str) -> None:
        with self.log.open("ab") as stream:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.running.append(process)

    def worker(self) -> None:
        self.start("-m", "celery", "-A", "fund", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")

    def beat(self) -> None:
        self.start("-m", "celery", "-A", "fund", "beat", "--schedule", str(self.log.with_suffix(".beat")))

    def are_running(self) -> bool:
        return all(process.poll() is None for process in self.running)

    def kill(self) -> None:
        """SIGKILL to all of them and their children at once."""
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


def environment(folder: Path, database_url: str, redis_url: str, smtp_port: int) -> dict[str, str]:
    port = free_port()
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "fund.settings"),
        "DEMO": "true",
        "DEBUG": "false",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "MEDIA_ROOT": str(folder / "media"),
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }


def make_letters(count: int, series: str) -> float:
    """One act that tells so many people, as a release does; the instant of its commit."""
    from django.utils import timezone

    from fund.accounts.models import Account
    from fund.notices.actions import notify

    Account.objects.bulk_create(Account(email=f"{series}{n}@example.org") for n in range(count))
    people = list(Account.objects.filter(email__startswith=series))
    items = [{"subject": f"Заявка ЖД-26-{n:03} принята", "at": timezone.now()} for n in range(3)]
    notify(
        "notices.digest", people[0], to=people, now=timezone.now(), facts={"items": items, "count": 3}, link=("notices:inbox",)
    )
    return time.monotonic()


def report(name: str, made: int, mailbox: Mailbox, seconds: float) -> bool:
    doubled = sum(times - 1 for times in mailbox.arrived.values())
    identical = all(len(bodies) == 1 for bodies in mailbox.bodies.values())
    most = max(mailbox.arrived.values(), default=0)
    print(
        f"{name:34} made {made}  arrived {len(mailbox.arrived)}  lost {made - len(mailbox.arrived)}  doubled {doubled}"
        f"  most copies {most}  copies identical {'yes' if identical else 'NO'}  {seconds:.1f} s",
        flush=True,
    )
    return len(mailbox.arrived) == made and most <= 3 and identical


def run(name: str, count: int, mailbox: Mailbox, senders: Senders, start, *, kill: bool) -> bool:
    """Letters made, senders started, perhaps killed at a third and at two thirds; until all have arrived."""
    mailbox.arrived.clear()
    mailbox.bodies.clear()
    start()
    if not kill:
        time.sleep(6)  # until the workers listen: a fresh start is not what is measured
    began = make_letters(count, name.split()[0])
    for share in (1 / 3, 2 / 3) if kill else ():
        mailbox.wait(int(count * share), senders)
        senders.kill()
        start()
    mailbox.wait(count, senders)
    took = mailbox.last - began
    time.sleep(2)  # would a double still come?
    senders.kill()
    return report(name, count, mailbox, took)


def declare_reminders(count: int) -> bool:
    """So many duties of one deadline, declared at once, then once more when all stand."""
    from datetime import timedelta

    from django.utils import timezone

    from fund.accounts.models import Account
    from fund.notices import registry
    from fund.notices.actions import declare

    Account.objects.bulk_create((Account(email=f"due{n}@example.org") for n in range(count)), batch_size=5000)
    now = timezone.now()

    def owed(moment, horizon):
        for account in Account.objects.filter(email__startswith="due").iterator():
            yield registry.Due(account, account, now + timedelta(hours=5), {"items": [], "count": 0})

    registry.deadline("notices.bench", remind=(timedelta(hours=6),), label="Bench")(owed)
    ok = True
    for name in ("declared", "declared again"):
        began = time.monotonic()
        made = declare(now=now)
        took = time.monotonic() - began
        ok &= took <= 60
        print(f"{'reminders ' + name:34} {made} in {took:.1f} s", flush=True)
    return ok


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--kill", action="store_true", help="SIGKILL the senders twice on the way")
    parser.add_argument("--reminders", type=int, default=0)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fund-letters-") as temporary:
        return measure(options, Path(temporary))


def measure(options, folder: Path) -> int:
    valkey, postgres = Valkey(), None
    valkey.start()
    url = f"sqlite:///{folder}/db.sqlite3"
    if options.database == "postgres":
        from tests.services.postgres import Postgres

        postgres = Postgres()
        postgres.start()
        url = new_database(postgres.url)
    mailbox = Mailbox(free_port())
    surroundings = environment(folder, url, valkey.url, mailbox.controller.port)
    os.environ.update(surroundings)
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=surroundings, check=True)
        import django

        django.setup()
        if options.kill:
            collect_static(surroundings)
        return 0 if scenarios(options, mailbox, surroundings, folder) else 1
    finally:
        mailbox.controller.stop()
        valkey.stop()
        if postgres:
            close_connections()
            postgres.stop()


def scenarios(options, mailbox: Mailbox, surroundings: dict[str, str], folder: Path) -> bool:
    workers = Senders(surroundings, folder / "worker.log")
    embedded = Senders({**surroundings, "REDIS_URL": ""}, folder / "run.log")

    def start_workers() -> None:
        workers.worker()
        workers.beat()

    print(f"{options.database}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    ok = run("workers", options.count, mailbox, workers, start_workers, kill=False)
    if options.kill:
        ok &= run("killed celery worker", options.count, mailbox, workers, start_workers, kill=True)
        ok &= run("embedded run, killed", options.count, mailbox, embedded, lambda: embedded.start("manage.py", "run"), kill=True)
    if options.reminders:
        ok &= declare_reminders(options.reminders)
    for log in () if ok else sorted(folder.glob("*.log")):
        print(f"--- {log.name}", log.read_text()[-3000:], sep="\n")
    return ok


if __name__ == "__main__":
    sys.exit(main())
