"""Texts that people write: plain paragraphs, and Markdown narrowed to an allow-list of harmless marks."""

import re

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
TAGS = {
    *("p", "br", "h2", "h3", "h4", "ul", "ol", "li", "a", "em", "strong", "blockquote", "code", "pre", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "del"),
}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def rich(text: str | None) -> SafeString:
    """Markdown as HTML. Headings start at the second level: a page has one first-level heading, its own."""
    html = _PARSER.render(text or "")
    html = re.sub(r"<(/?)h1>", r"<\1h2>", html)
    # nh3 has the last word: it also closes what the text left open.
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener"))


def paragraphs(text: str | None) -> SafeString:
    """Plain text: an empty line parts paragraphs, a line break stays a break; nothing in it is markup."""
    blocks = re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n").strip())
    return mark_safe("".join(f"<p>{escape(block.strip()).replace(chr(10), '<br>')}</p>" for block in blocks if block.strip()))
