"""A browser for journeys: any width, scheme, language; no network but ours; what goes wrong in a page fails the test."""

import shutil
from urllib.parse import urlsplit

PROGRAMS = ("chromium-headless-shell", "chromium")  # Debian's; the first has no windows to draw and takes half as long
LOCALES = {"ru": "ru-RU", "en": "en-GB"}
PATIENCE = 10_000  # milliseconds


def program() -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch(playwright):
    path = program()
    assert path, f"Chromium is missing; the journeys need it: sudo apt-get install {PROGRAMS[0]}"
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *Browser.QUIET])  # it sees our pages only


class Browser:
    QUIET = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        # A new process for each page, and one more kept ready, cost more than the pages themselves.
        "--disable-features=RenderDocument,SpareRendererForSitePerProcess",
        # Nothing but this machine is found. (A route that aborts would do, but it switches the browser's cache off.)
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]

    def __init__(self, chromium, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.contexts, self.problems, self.forgiven = [], [], []

    def open(self, *, width: int = 1280, height: int = 900, scheme: str = "light", language: str = "ru", javascript: bool = True):
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=LOCALES[language],
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._watch)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))
        context.on("console", self._hear)
        context.on("response", lambda r: self.problems.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        self.contexts.append(context)
        return context.new_page()

    __call__ = open

    def forgive(self, *texts: str) -> None:
        """A test that provokes a fault says which: problems that hold one of these texts are its own."""
        self.forgiven += texts

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        unforgiven = [problem for problem in self.problems if not any(text in problem for text in self.forgiven)]
        assert not unforgiven, unforgiven

    def _watch(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.hostname != "127.0.0.1":
            self.problems.append(f"a foreign address: {request.url}")

    def _hear(self, message) -> None:
        """The policy's refusals arrive here. A refused form answers 422 on purpose, which the browser also calls an error."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")
