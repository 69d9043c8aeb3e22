"""What the addresses of deciding are asked about: the call being judged, its judged application, a lot, a tie for the chair, a meeting;
meetings without a call, their sides, proposals and outcome documents."""

from datetime import timedelta

from django.utils import timezone

from grants.councils.actions import call_meeting, decide, issue_outcome, publish_outcome, release
from grants.councils.links import token_of
from grants.reviews.actions import commit_lot
from tests.factories.calls import make_call
from tests.factories.floor import make_floor, make_held, make_motion, make_side
from tests.factories.reviews import make_judged

MEETING = (
    *("meeting", "ballot", "reschedule_meeting", "mark_attendance", "open_meeting", "close_meeting", "cancel_meeting"),
    *("sign_protocol", "reissue_protocol"),
)
ITEM = (
    *("item", "propose", "separate", "recuse_member", "put_to_vote", "cast_vote", "break_tie", "close_item"),
    *("postpone_item", "resume_item"),
)


def world(world) -> None:
    officer, director, now = world.cast.officer, world.cast.director, timezone.now()
    world.kwargs["councils"] = {"slug": world.things["judged_call"].slug}
    world.kwargs["councils:decide"] = {"uid": world.things["judged"].uid}
    drawn, voted = (make_call(officer, now=now, state="judging", ties=ties) for ties in ("[lot]", "[vote]"))
    make_judged(drawn, officer=officer, now=now, scores=[("4", "4"), ("4", "4")])
    equals = make_judged(voted, officer=officer, now=now, scores=[("4", "4"), ("4", "4")])
    waiting = make_judged(make_call(officer, now=now, state="judging"), officer=officer, now=now, scores=[("4", "4")])[0]
    decide(application=waiting, outcome="reserve", why="Совет просит подождать до осени.", by=director, now=now)
    release(call=waiting.call, by=director, now=now)
    world.kwargs["councils:fund_from_reserve"] = {"uid": waiting.uid}
    draw = commit_lot(call=drawn, by=director, now=now)
    for name in ("draw_lot", "reveal_lot"):
        world.kwargs[f"councils:{name}"] = {"slug": drawn.slug, "uid": draw.uid}
    world.kwargs["councils:vote_tie"] = {"uid": equals[0].uid}
    meeting = call_meeting(
        call=world.things["judged_call"],
        starts_at=now + timedelta(days=1),
        place="Зал",
        members=[world.cast.council_member],
        chair=director,
        secretary=officer,
        by=officer,
        now=now,
    )
    world.kwargs |= {f"councils:{name}": {"uid": meeting.uid} for name in MEETING}
    world.kwargs |= {f"councils:{name}": {"uid": meeting.items.first().uid} for name in ITEM}
    without_a_call(world, now)


def without_a_call(world, now) -> None:
    """One to come, one held and published, one held of which nothing is issued yet."""
    officer, director, members = world.cast.officer, world.cast.director, [world.cast.council_member]
    cast = {"officer": officer, "director": director, "members": members, "now": now}
    meeting = make_floor(**cast)
    side, motion = make_side(meeting, officer=officer, now=now), make_motion(meeting, officer=officer, now=now)
    held, guest, carried = make_held(**cast)
    issue_outcome(meeting=held, by=officer, now=now)
    publish_outcome(resolution=held.resolution, by=director, now=now)
    uids = {
        **dict.fromkeys(("floor", "add_topic", "invite_side", "hand_in"), meeting),
        **dict.fromkeys(("set_topic", "remove_topic"), meeting.topics.first()),
        **dict.fromkeys(("motion", "reword", "withdraw_motion"), motion),
        **dict.fromkeys(("report", "reopen_follow_up"), carried[0].follow_up),
        **dict.fromkeys(("reissue_outcome", "publish_outcome", "conceal_outcome", "resolution"), held.resolution),
        "withdraw_side": side,
        "outcome": held,
        "entrust": carried[0],
        "issue_outcome": make_held(**cast)[0],
    }
    world.kwargs |= {f"councils:{name}": {"uid": thing.uid} for name, thing in uids.items()}
    world.kwargs["councils:side"] = {"token": token_of(guest)}
    world.kwargs["councils:side_hand_in"] = {"token": token_of(side)}
    world.kwargs["councils:side_report"] = {"token": token_of(guest), "uid": carried[1].follow_up.uid}
