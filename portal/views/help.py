"""P15: what we keep of people and why; how usable the site is. The same for every visitor, so rendered once."""

from django.utils.translation import gettext_lazy as _

from fund.core.public import PublicPage
from fund.people.catalogue import PURPOSES
from fund.people.models import ConsentDocument


class Privacy(PublicPage):
    """What is kept, why, how long, who sees it, how to withdraw; the consent texts as they stand."""

    template_name = "portal/privacy.html"
    title = _("Personal data")

    def freshness(self):
        return tuple(ConsentDocument.objects.current().values_list("purpose", "version"))

    def get_context_data(self, **kwargs):
        order = list(PURPOSES)
        documents = sorted(ConsentDocument.objects.current(), key=lambda one: order.index(one.purpose))
        return super().get_context_data(documents=documents, **kwargs)


class Accessibility(PublicPage):
    """What the site holds to, what is not there yet, where to write."""

    template_name = "portal/accessibility.html"
    title = _("Accessibility")

    def freshness(self):
        return ()
