"""What the addresses of judging are asked about: a sheet being written, one unanswered, one discussed, in one call."""

from django.utils import timezone

from grants.reviews.actions import decline_sheet, open_discussion
from tests.factories.calls import make_call
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_plan, make_sheet


def world(world) -> None:
    cast, now = world.cast, timezone.now()
    call = make_call(cast.officer, now=now, state="judging")
    judged, unanswered = make_admitted(call, now=now, owner=cast.applicant), make_admitted(call, now=now)
    sheet = make_sheet(judged, cast.expert, officer=cast.officer, now=now)
    make_sheet(unanswered, cast.expert, officer=cast.officer, now=now, accepted=False)
    submitted = make_sheet(judged, make_expert(), officer=cast.officer, now=now)
    hand_in(submitted, now=now, use="4", plan="3")
    discussed = make_admitted(call, now=now)
    own, other = (make_sheet(discussed, one, officer=cast.officer, now=now) for one in (cast.expert, make_expert()))
    for one in (own, other):
        hand_in(one, now=now, use="4", plan="3")
    open_discussion(application=discussed, topic="Польза", by=cast.officer, now=now)
    world.things |= {"judged": judged, "judged_call": call}
    world.kwargs["reviews"] = {"uid": sheet.uid}
    for name in ("read", "reopen"):
        world.kwargs[f"reviews:{name}"] = {"uid": submitted.uid}
    for name in ("discussion", "change"):
        world.kwargs[f"reviews:{name}"] = {"uid": own.uid}
    for name in ("disagreement", "call_expert", "open_discussion", "close_discussion"):
        world.kwargs[f"reviews:{name}"] = {"uid": discussed.uid}
    lost = make_sheet(make_admitted(call, now=now), make_expert(), officer=cast.officer, now=now)
    decline_sheet(sheet=lost, why="Отпуск", by=lost.expert, now=now)
    world.kwargs["reviews:replace"] = {"uid": lost.uid}
    plan = make_plan(call, officer=cast.officer, now=now)
    for name in ("accept_plan", "drop_plan"):
        world.kwargs[f"reviews:{name}"] = {"uid": plan.uid}
    world.kwargs["reviews:change_plan"] = {"uid": plan.uid, "application": judged.uid}
    for name in (
        "declare",
        "assign",
        "assign_by_hand",
        "assign_file",
        "ask_plan",
        "set_limits",
        "progress",
        "remind",
        "diverging",
        "upload",
        "download",
    ):
        world.kwargs[f"reviews:{name}"] = {"slug": call.slug}
