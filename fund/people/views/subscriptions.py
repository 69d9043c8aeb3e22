"""Pages of "tell me when it opens": ask for it, confirm by the letter's link, withdraw."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from fund.core.bilingual import Said, reader, say
from fund.core.pages import VerbPage

from ..actions import confirm_subscription, subscribe, withdraw_subscription
from ..forms import SubscribeForm, SubscribeSignedInForm
from ..models import Subscription
from ..queries import read_subscription_token, subscription_token
from ..topics import ANY, TOPICS, topic_of


def said(topic, thing):
    """The thing's name in the reader's language; without one, the words for whichever comes next."""
    return say(topic.title(thing)) if thing else Said(str(topic.whichever), reader())


def address_of(topic, thing) -> str:
    """Where the thing is read; without one, where all of them are."""
    view, *args = topic.link(thing)
    return reverse(view, args=args)


class Subscribe(VerbPage):
    """An address is enough; who is signed in presses once. The answer is the same for addresses we know and do not."""

    template_name = "people/subscribe.html"
    title = _("Tell me when it opens")

    @cached_property
    def topic(self):
        if self.kwargs["topic"] not in TOPICS:
            raise Http404
        return TOPICS[self.kwargs["topic"]]

    @cached_property
    def thing(self):
        """What is waited for; None where it is whichever comes next."""
        if "key" not in self.kwargs:
            return None
        found = self.topic.find(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def mine(self) -> Subscription | None:
        if not self.request.user.is_authenticated:
            return None
        about = {"of_type": self.topic.model, "of_id": self.thing.pk if self.thing else ANY}
        return Subscription.objects.waiting().filter(account=self.request.user, **about).first()

    def dispatch(self, request, *args, **kwargs):
        if self.thing is not None and not self.topic.is_awaited(self.thing, request.now):
            return HttpResponseRedirect(address_of(self.topic, self.thing))  # it opened meanwhile: its page says so
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self):
        return SubscribeSignedInForm if self.request.user.is_authenticated else SubscribeForm

    def get_context_data(self, **kwargs):
        words, back = said(self.topic, self.thing), address_of(self.topic, self.thing)
        is_sent = "sent" in self.request.GET
        token = subscription_token(self.mine) if self.mine else ""
        return super().get_context_data(words=words, back=back, mine=self.mine, token=token, is_sent=is_sent, **kwargs)

    def act(self, form):
        data = form.cleaned_data
        user = self.request.user if self.request.user.is_authenticated else None
        subscribe(self.topic, self.thing, by=user, now=self.request.now, email=data.get("email", ""), once=data["once"])
        return self.request.path if user else self.request.path + "?sent"


class ByLink(VerbPage):
    """What the letter's link leads to: the token names the subscription and is the right to it."""

    @cached_property
    def subscription(self) -> Subscription:
        found = read_subscription_token(self.kwargs["token"])
        if found is None:
            raise Http404
        return found

    def dispatch(self, request, *args, **kwargs):
        _ = self.subscription
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        topic = topic_of(self.subscription.of_type)
        thing = topic.of(self.subscription.of_id)
        facts = {"subscription": self.subscription, "words": said(topic, thing), "back": address_of(topic, thing)}
        return super().get_context_data(**facts, **kwargs)


class SubscriptionConfirm(ByLink):
    template_name = "people/confirm_subscription.html"
    title = _("Tell me when it opens")

    def act(self, form):
        confirm_subscription(self.subscription, by=None, now=self.request.now)
        return self.request.path


class SubscriptionWithdraw(ByLink):
    template_name = "people/withdraw_subscription.html"
    title = _("Do not tell me")
    done = _("We will not write about it, and have forgotten that you asked")

    def act(self, form):
        topic = topic_of(self.subscription.of_type)
        withdraw_subscription(self.subscription, by=None, now=self.request.now)
        return address_of(topic, None)
