"""What every template knows about the site: `profile`, and `shell` with its bars, languages, theme and the reader."""

from functools import cached_property

from django.conf import settings
from django.utils.translation import get_language

from .navigation import Link, address, desk_links, public_links

THEMES = ("auto", "light", "dark")
COOKIE = "theme"


class Shell:
    """Computed only as far as a template asks: a page without a bar pays for none."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def theme(self) -> str:
        """light, dark, or "" when the reader's system decides."""
        chosen = self.request.COOKIES.get(COOKIE, "")
        return chosen if chosen in THEMES[1:] else ""

    @cached_property
    def nav(self) -> list[Link]:
        return public_links()

    @cached_property
    def desk(self) -> list[Link]:
        return desk_links(self.request.user)

    @cached_property
    def home(self) -> str:
        return f"/{get_language()}/"

    @cached_property
    def here(self) -> str:
        return self.request.get_full_path()

    @cached_property
    def canonical(self) -> str:
        return settings.SITE_URL + self.request.path

    @cached_property
    def languages(self) -> list[dict]:
        """This page in each language: only the prefix of the address differs."""
        first, _, rest = self.here.removeprefix("/").partition("/")
        known = first in dict(settings.LANGUAGES)
        return [
            {
                "code": code,
                "name": name,
                "url": f"/{code}/{rest}" if known else f"/{code}/",
                "full": f"{settings.SITE_URL}/{code}/{rest.partition('?')[0]}" if known else "",
                "is_current": code == get_language(),
            }
            for code, name in settings.LANGUAGES
        ]

    @cached_property
    def me(self) -> dict:
        """The reader's name and initials for the corner of the workspace."""
        if person := getattr(self.request.user, "person", None):
            return {"name": person.short_name, "initials": person.initials}
        name = str(self.request.user)
        words = [word for word in name.split("@")[0].replace(".", " ").split() if word]
        return {"name": name, "initials": "".join(word[0] for word in words[:2]).upper() or "?"}

    @cached_property
    def links(self) -> dict:
        """Pages that rooms above may or may not have; templates show those that exist."""
        views = {
            "sign_in": "account_login",
            "sign_out": "account_logout",
            "inbox": "notices:inbox",
            "profile": "people:profile",
            "privacy": "portal:privacy",
            "accessibility": "portal:accessibility",
            "rules": "portal:rules",
            "verify": "papers:verify",
            "outcomes": "councils:resolutions",
            "theme": "core:theme",
        }
        if settings.DEMO:
            views["demo"] = "demo"
        return {name: address(view) for name, view in views.items()}


def site(request) -> dict:
    # Not named `site`: allauth's views put a name and a domain there.
    return {"profile": settings.PROFILE, "shell": Shell(request)}
