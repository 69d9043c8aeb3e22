"""Pictures of the demo for the README and for looking at: docs/pictures/<page>-<width>.png, made by `make pictures`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTHS = (390, 1280)
TALLEST = 2600  # pixels: what a reader scrolls through gladly
PATIENCE = 120  # seconds for the product to start, on a machine that does other things too


def pages() -> dict[str, tuple[str, str]]:
    """Page → (who looks, address); the demo's own people and things, found by what they are."""
    from django.db.models import Count
    from django.urls import reverse

    from fund.lots.models import Draw
    from grants.applications.models import Application, Tick
    from grants.calls.models import Call, Sketch
    from grants.councils.models import Meeting
    from grants.reviews.models import Discussion, Sheet

    draft = Application.objects.filter(state="draft").order_by("-amount").first()
    open_call = Call.objects.filter(state="open").order_by("deadline").first()
    judged = Call.objects.filter(state="judging", meetings=None).order_by("-applications__pk").first()
    sitting = Meeting.objects.exclude(call=None).filter(state="open").first()
    floor, agreed = (Meeting.objects.floor().filter(state=state).first() for state in ("called", "closed"))
    held = Meeting.objects.filter(state="closed", call__state="judging").first()
    invited = Sheet.objects.filter(state="invited").first()
    begun = Sheet.objects.filter(state="draft").first() or Sheet.objects.filter(state="accepted").first()
    released = Call.objects.filter(state="released").order_by("-closes_at").first()
    of_experts = Sheet.objects.submitted().of_call(released).order_by().values("expert__email").annotate(n=Count("pk"))
    calibrated = of_experts.order_by("-n", "expert__email").first()["expert__email"]
    checked = Tick.objects.filter(application__state="submitted").order_by("pk").first().application
    talked = Discussion.objects.order_by("pk").first().application
    speaker = talked.sheets.submitted().order_by("pk").first()
    reserve = Application.objects.filter(state="reserve").order_by("pk").first()
    sketched = Sketch.objects.exclude(call=None).first()
    officer, director = judged.curator.email, holder("director")
    owner, newcomer = draft.owner.email, holder("resident", without=open_call)
    draw = Draw.objects.revealed().first()
    return {
        "P1": ("", reverse("portal:home")),
        "P2": ("", reverse("calls:list")),
        "P3": ("", reverse("calls:read", args=[open_call.slug])),
        "A2": (newcomer, reverse("applications:start", args=[open_call.slug])),
        "A3": (owner, reverse("applications:read", args=[draft.uid])),
        "A5": (owner, reverse("applications:costs", args=[draft.uid])),
        "A8": (owner, reverse("applications:submit", args=[draft.uid])),
        "R2": (invited.expert.email, reverse("reviews:declare", args=[invited.application.call.slug])),
        "R3": (begun.expert.email, reverse("reviews:score", args=[begun.uid])),
        "R3-spreadsheet": (begun.expert.email, reverse("reviews:upload", args=[begun.application.call.slug])),
        "R4": (calibrated, reverse("reviews:calibrate", args=[released.slug])),
        "R5": (speaker.expert.email, reverse("reviews:discussion", args=[speaker.uid])),
        "results": ("", reverse("results:published", args=[released.slug])),
        "M2": (officer, reverse("applications:intake")),
        "M2-check": (officer, reverse("applications:check", args=[checked.uid])),
        "M2-admission": (officer, reverse("applications:admission", args=[judged.slug])),
        "M3": (officer, reverse("reviews:assign", args=[judged.slug])),
        "D1": (director, reverse("councils:list", args=[held.call.slug])),
        "D2": (director, reverse("reviews:disagreement", args=[talked.uid])),
        "D3": (director, reverse("councils:release", args=[held.call.slug])),
        "G7": (sketched.call.curator.email, reverse("calls:write", args=[sketched.uid, "criteria"])),
        "G10": ("", draw.get_absolute_url()),
        "G11": (reserve.owner.email, reverse("results:explain", args=[reserve.uid])),
        "G8": (officer, reverse("councils:meeting", args=[sitting.uid])),
        "G8-floor": (officer, floor.get_absolute_url()),
        "G8-outcome": (officer, reverse("councils:outcome", args=[agreed.uid])),
        "G8-published": ("", agreed.resolution.get_absolute_url()),
    }


def holder(role: str, without=None) -> str:
    from fund.people.roles import holders

    accounts = holders(role)
    if without is not None:
        accounts = accounts.exclude(pk__in=without.applications.values("owner"))
    return accounts.first().email


def session_of(email: str) -> str:
    from django.conf import settings
    from django.test import Client

    from fund.accounts.models import Account

    client = Client()
    client.force_login(Account.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def product(port: int):
    """The demo fund in a database of its own, served as `make run` serves it."""
    command = [sys.executable, str(ROOT / "manage.py")]
    for step in (["migrate", "-v0"], ["css"], ["words", "--compile"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
        subprocess.run([*command, *step], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*command, "run"], stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def wait_for(address: str, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer")


def take(browser, base: str, name: str, who: str, address: str, width: int) -> Path:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="ru-RU", reduced_motion="reduce")
    if who:
        context.add_cookies([{"name": "sessionid", "value": session_of(who), "url": base}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    answer = page.goto(base + address, wait_until="load")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{name}: {address} answers {answer and answer.status}")
    page.evaluate("document.fonts.ready.then(() => null)")
    height, wide = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    if wide > width:
        raise SystemExit(f"{name}: {address} is {wide} pixels wide on a screen of {width}")
    # The window grows to the page: what sticks to its lower edge stands at the end, not across the middle.
    page.set_viewport_size({"width": width, "height": min(height, TALLEST)})
    path = FOLDER / f"{name}-{width}.png"
    page.screenshot(path=path)
    context.close()
    shrink(path)
    return path


def shrink(path: Path) -> None:
    """A palette of 128 colours: our pages are flat, and the repository stays small."""
    from PIL import Image

    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)


def main() -> None:
    from playwright.sync_api import sync_playwright

    from portal.embedded.valkey import free_port
    from tests.services.browser import launch

    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DEMO="true", DEBUG="false", PORT=str(port), DATABASE_URL=f"sqlite:///{folder}/db.sqlite3")
        os.environ.update(MEDIA_ROOT=f"{folder}/media", DJANGO_SETTINGS_MODULE="fund.settings", DJANGO_ALLOW_ASYNC_UNSAFE="1")
        os.environ.pop("SITE_URL", None)
        FOLDER.mkdir(exist_ok=True)
        with product(port), sync_playwright() as playwright:
            import django

            django.setup()
            browser = launch(playwright)
            for name, (who, address) in pages().items():
                for width in WIDTHS:
                    path = take(browser, f"http://127.0.0.1:{port}", name, who, address, width)
                    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB  {address}", flush=True)
            browser.close()
            forget(pages())


def forget(known: Iterable[str]) -> None:
    """Pictures of pages that are no longer taken."""
    taken = {f"{name}-{width}.png" for name in known for width in WIDTHS}
    for path in FOLDER.glob("*.png"):
        if path.name not in taken:
            path.unlink()


if __name__ == "__main__":
    main()
