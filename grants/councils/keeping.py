"""What a decision rests on stays as it is until the release."""

from grants.reviews.keeping import keeps

from .models import Outcome


@keeps("a pending decision")
def a_pending_decision():
    return Outcome.objects.pending()
