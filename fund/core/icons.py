"""Our icons: strokes on a 20-unit grid, inlined so that a page asks for nothing more; the logo."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

STROKES = {
    "alert": '<path d="M10 3l8 14H2zM10 8v4M10 14.5v.1"/>',
    "arrow": '<path d="M4 10h12M11 5l5 5-5 5"/>',
    "back": '<path d="M16 10H4M9 5l-5 5 5 5"/>',
    "cal": '<path d="M3 5h14v12H3zM3 9h14M7 3v4M13 3v4"/>',
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l3 2"/>',
    "cross": '<path d="M5 5l10 10M15 5L5 15"/>',
    "down": '<path d="M10 4v12M5 11l5 5 5-5"/>',
    "eye": '<path d="M1.5 10S5 4.5 10 4.5 18.5 10 18.5 10 15 15.5 10 15.5 1.5 10 1.5 10z"/><circle cx="10" cy="10" r="2.5"/>',
    "file": '<path d="M5 2h7l4 4v12H5zM12 2v4h4"/>',
    "info": '<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 6v.1"/>',
    "load": '<path d="M10 3v10M6 9l4 4 4-4M4 17h12"/>',
    "lock": '<path d="M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3"/>',
    "mail": '<path d="M2 5h16v11H2zM2 6l8 6 8-6"/>',
    "menu": '<path d="M3 6h14M3 10h14M3 14h14"/>',
    "pen": '<path d="M4 16l1-4 8-8 3 3-8 8zM11 6l3 3"/>',
    "people": '<circle cx="7" cy="7" r="3"/><path d="M1.5 17c0-3 2.5-5 5.5-5s5.5 2 5.5 5M13 4.5a3 3 0 0 1 0 5.5M15 12.5c2 .7 3.5 2.3 3.5 4.5"/>',
    "pin": '<path d="M10 18s-6-5.5-6-10a6 6 0 0 1 12 0c0 4.5-6 10-6 10z"/><circle cx="10" cy="8" r="2"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": '<path d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 12h8v5H6z"/>',
    "qr": '<path d="M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2h-2zM15 15h2v2h-2z"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="M13 13l4.5 4.5"/>',
    "shield": '<path d="M10 2l7 3v5c0 4-3 7-7 8-4-1-7-4-7-8V5z"/><path d="M7 10l2 2 4-4"/>',
    "up": '<path d="M10 16V4M5 9l5-5 5 5"/>',
}
LOGO = (
    '<svg viewBox="0 0 40 40" aria-hidden="true">'
    '<path fill="#0B5D4A" d="M10 0h26a4 4 0 0 1 4 4v32a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V10z"/>'
    '<circle cx="20" cy="21" r="10.5" fill="none" stroke="#FFB81C" stroke-width="5"/>'
    '<path d="M20 18.5h20v5H20z" fill="#FFB81C"/><circle cx="20" cy="21" r="3" fill="#0B5D4A"/></svg>'
)


@lru_cache
def icon(name: str) -> SafeString:
    """One icon, hidden from readers of the screen: the words beside it say the same. KeyError for an unknown name."""
    return mark_safe(f'<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">{STROKES[name]}</svg>')
