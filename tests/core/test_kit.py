"""The page of components and the shells: they render in both languages, within their budgets, without inline style."""

import gzip
import re

import pytest
from django.conf import settings as live

from fund.core.kit import SHELLS
from fund.core.stylesheet import LAYERS, join

pytestmark = pytest.mark.django_db
STATIC = live.BASE_DIR / "static"


def squeezed(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


@pytest.fixture
def visit(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    def get(path, lang="ru", **headers):
        return client.get(path, headers={"accept-language": lang, **headers})

    return get


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("path", ["/kit/", *(f"/kit/{name}/" for name in SHELLS)])
def test_kit_renders(visit, path, lang):
    answer = visit(path, lang)

    assert answer.status_code == 200
    assert (b"style=" in answer.content) is False
    assert (re.search(rb"<script(?![^>]*\bsrc=)", answer.content) is None) is True


@pytest.mark.parametrize("path", ["/kit/", "/kit/letter/", "/kit/panes/"])
def test_kit_is_for_builders(visit, settings, path):
    settings.DEBUG = settings.DEMO = False

    assert visit(path).status_code == 404


def test_kit_unknown_shell(visit):
    assert visit("/kit/nothing/").status_code == 404


def test_kit_shows_the_chosen_theme(visit, client):
    client.cookies["theme"] = "dark"

    assert visit("/kit/").content.startswith(b'<!doctype html>\n<html lang="ru" data-theme="dark">')


def test_kit_ignores_a_forged_theme(visit, client):
    client.cookies["theme"] = 'x" onload="y'

    assert visit("/kit/").content.startswith(b'<!doctype html>\n<html lang="ru">')


def test_page_not_found_is_ours(visit):
    answer = visit("/ru/there-is-no-such-page/")

    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()


def test_language_switch_keeps_the_page(visit):
    html = visit("/ru/there-is-no-such-page/?a=1").content.decode()

    assert '<a href="/en/there-is-no-such-page/?a=1" lang="en" hreflang="en"' in html


def test_letter_carries_its_rule_and_its_reason(visit):
    html = visit("/kit/letter/").content.decode()

    assert "border-bottom: 4px solid #FFB81C" in html
    assert "Вы получили письмо как автор заявки." in html


def test_sheet_holds_every_layer_in_order():
    sheet = join(STATIC / "css")

    assert sheet.startswith(f"@layer {','.join(LAYERS)};")
    assert re.findall(r"^@layer (\w+)\{", sheet, re.M) == list(LAYERS)
    assert 'url("vendor/golos/golos-text-latin-wght-normal.woff2")' in sheet
    assert sheet.count("{") == sheet.count("}")


def test_sheet_writes_the_dark_colours_for_choice_and_for_system():
    sheet = join(STATIC / "css")
    blocks = re.findall(r':root(?:\[data-theme="dark"\]|:not\(\[data-theme="light"\]\))\{color-scheme:dark;([^}]*)\}', sheet)

    assert len(blocks) == 2
    assert blocks[0] == blocks[1]


def test_sheet_uses_tokens_outside_the_token_files():
    literal = re.compile(r"#[0-9a-fA-F]{3,6}\b(?=[^{}]*;)")
    # The footer stays dark in both themes, and so do the letters on the amber panel.
    allowed = {"footer.css", "deadline.css"}
    files = [f for f in (STATIC / "css").glob("*/*.css") if f.parent.name not in ("tokens", "print") and f.name not in allowed]

    assert [f.name for f in files if literal.search(f.read_text())] == []


def test_sheet_is_small():
    assert squeezed(join(STATIC / "css")) <= 12_000


def test_scripts_are_small():
    sizes = {path.name: squeezed(path.read_text()) for path in (STATIC / "js").glob("*.js")}

    fullest = ("desk.js", "autosave.js", "counter.js", "scores.js")
    assert sizes["countdown.js"] <= 1_000
    assert sum(sizes[name] for name in fullest) <= 3_000


def test_empty_public_page_is_small(visit):
    assert squeezed(visit("/ru/there-is-no-such-page/").content.decode()) <= 3_000
