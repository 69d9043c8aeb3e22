"""What every page with one button has: the act's words, a line before the form, the way back."""

from collections.abc import Callable
from typing import Any

from fund.core.forms import Confirm


class ActMixin:
    """Stands after the mixin that names the thing and says where `back()` leads."""

    template_name = "councils/act.html"
    form_class = Confirm
    title: Any
    label: Any = ""
    lead: Any = ""
    kind = ""
    back: Callable[[], str]

    def get_context_data(self, **kwargs):
        given = {"label": self.label or self.title, "lead": self.lead, "kind": self.kind, "back": self.back()}
        return super().get_context_data(**{**given, **kwargs})
