"""Pages read by axe. What it judges is elements, their classes and their colours: a page that stands like one already read
in this run, in other words, is not read again; half of the pages of journeys in two languages are such."""

import hashlib
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what a test asks comes back: the whole report of a page is slower to bring over than to make.
READ = """tags => axe.run({runOnly: tags, resultTypes: ["violations"], preload: false}).then(found => ({
    passed: found.passes.length,
    violations: found.violations.map(rule => [rule.id, ...rule.nodes.map(node => node.html)]),
}))"""
STRUCTURE = """() => Array.from(document.querySelectorAll("*"), element => [
    element.parentElement?.tagName, element.tagName, element.className.baseVal ?? element.className,
    element.getAttribute("role"), element.getAttribute("type"), ...element.getAttributeNames(),
    Array.from(element.childNodes).some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()),
].join(" ")).join("\\n")"""
ALREADY = Path(os.environ.get("TEST_FOLDER", "/tmp")) / "read-by-axe"


def read(page) -> dict:
    """`violations`, each a rule and the elements that break it, and how many rules `passed`."""
    page.wait_for_timeout(50)  # what is drawn follows a new size a frame later, more on a busy machine
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(READ, TAGS)


def violations(page, look: tuple) -> list:
    """Those of a page in one look (its width and scheme); none where one of the same structure had none in that look."""
    structure = page.evaluate(STRUCTURE)
    assert "BODY" in structure, f"no page yet at {page.url}"
    mark = ALREADY / hashlib.sha256(f"{look}\n{structure}".encode()).hexdigest()
    if mark.exists():
        return []
    found = read(page)["violations"]
    if not found:
        ALREADY.mkdir(exist_ok=True)
        mark.touch()
    return found
