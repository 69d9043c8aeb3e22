"""Input of this room: how each kind of message comes, and the quiet hours."""

from itertools import groupby
from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from fund.accounts.models import Account
from fund.core.forms import Form

from .models import MODES, Preference, QuietHours
from .registry import KINDS, Kind


class Preferences(Form):
    """A choice per optional kind that concerns this account, and two times of day."""

    def __init__(self, *args: Any, account: Account, **kwargs: Any):
        self.kinds = kinds_for(account)
        initial = dict(Preference.objects.filter(account=account).values_list("kind", "mode"))
        quiet = QuietHours.objects.filter(account=account).first()
        kwargs["initial"] = {field_of(name): mode for name, mode in initial.items()} | (
            {"quiet_since": quiet.since, "quiet_until": quiet.until} if quiet else {}
        )
        super().__init__(*args, **kwargs)

        for kind in self.kinds:
            self.fields[field_of(kind.name)] = forms.ChoiceField(
                label=kind.label, choices=MODES, initial=kind.default, widget=forms.RadioSelect
            )
        for name, label in (("quiet_since", _("No letters from")), ("quiet_until", _("until"))):
            self.fields[name] = forms.TimeField(
                label=label,
                required=False,
                widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "w-num"}),
            )

    def groups(self) -> list[tuple[Any, list]]:
        """The choices by room, for the page."""
        by_room = groupby(self.kinds, key=lambda kind: kind.room)
        return [(room_name(room), [(kind, self[field_of(kind.name)]) for kind in kinds]) for room, kinds in by_room]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("quiet_since"), cleaned.get("quiet_until")
        if bool(since) != bool(until) and not {"quiet_since", "quiet_until"} & set(self.errors):
            self.add_error("quiet_until" if since else "quiet_since", _("Enter both times, or neither"))
        elif since and since == until:
            self.add_error("quiet_until", _("The two times must differ"))
        return cleaned

    def modes(self) -> dict[str, str]:
        return {kind.name: self.cleaned_data[field_of(kind.name)] for kind in self.kinds}

    def quiet(self):
        since, until = self.cleaned_data["quiet_since"], self.cleaned_data["quiet_until"]
        return (since, until) if since else None


def kinds_for(account: Account) -> list[Kind]:
    """The kinds one may choose about, sorted by room."""
    kinds = [kind for kind in KINDS.values() if kind.optional and kind.shown_to(account)]
    return sorted(kinds, key=lambda kind: (kind.room, kind.name))


def field_of(name: str) -> str:
    return name.replace(".", "__")


def room_name(room: str) -> Any:
    return apps.get_app_config(room).verbose_name
