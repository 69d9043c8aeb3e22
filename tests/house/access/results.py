"""What the addresses of results are asked about: a released call of the applicant's, with an appeal taken up and one upheld."""

from django.utils import timezone

from grants.councils.actions import follow_ranking, release
from grants.results.actions import consider_appeal, file_appeal, uphold_appeal
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_sheet

TEXT = "Сумма листов посчитана без учёта третьего листа, хотя он сдан."


def world(world) -> None:
    cast, now = world.cast, timezone.now()
    call = make_call(cast.officer, now=now, state="judging")
    explained, appealed, upheld = (make_admitted(call, now=now, owner=cast.applicant) for _ in range(3))
    for application in (explained, appealed, upheld):
        hand_in(make_sheet(application, make_expert(), officer=cast.officer, now=now), now=now, use="4", plan="3")
    hand_in(make_sheet(explained, cast.expert, officer=cast.officer, now=now), now=now, use="4", plan="2")
    follow_ranking(call=call, by=cast.director, now=now)
    release(call=call, by=cast.director, now=now)
    for application in (explained, appealed, upheld):
        application.refresh_from_db()
    appeal, won = (
        file_appeal(application=one, grounds=["count"], text=TEXT, by=cast.applicant, now=now) for one in (appealed, upheld)
    )
    for one in (appeal, won):
        consider_appeal(appeal=one, by=cast.council_member, now=now)
    uphold_appeal(appeal=won, answer=TEXT, by=cast.council_member, now=now)
    world.things["released_call"] = call
    world.kwargs |= {
        "results": {"uid": explained.uid},
        "results:published": {"slug": call.slug},
        "results:recount": {"slug": call.slug},
        "results:export": {"slug": call.slug, "form": "csv"},
        "reviews:calibrate": {"slug": call.slug},
        "results:clear": {"uid": explained.uid},
        "results:comments": {"slug": call.slug},
        "results:revise": {"uid": won.uid},
        **{f"results:{name}": {"uid": appeal.uid} for name in ("read", "consider", "answer", "withdraw")},
    }
