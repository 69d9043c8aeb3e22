"""The small world with its secrets: each can be told one way or the other, everything else staying as it is."""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

from fund.lots.models import Draw, Participant, Seal
from grants.councils.actions import decide
from grants.proposals.models import TeamMember
from grants.reviews.models import Conflict
from tests.factories.people import make_account
from tests.factories.reviews import hand_in, make_expert, make_sheet
from tests.house import rooms
from tests.house.access.tables import ROLES, World, build

DRAW = "drawoftwoworld"  # the address of the draw whose seed differs: what is public of it is the same in both worlds
CHANGED = {"who": True, "scores": True, "comments": True, "conflict": True, "decision": True, "lot": True}


@dataclass
class Told:
    """The world as it was before any secret, and the people of whom the secrets tell."""

    world: World
    now: object
    people: SimpleNamespace

    @property
    def judged(self):
        return self.world.things["judged"]

    @property
    def call(self):
        return self.world.things["judged_call"]

    def tell(self, *, who=False, scores=False, comments=False, conflict=False, decision=False, lot=False) -> None:
        """Tells the secrets, the other way where one is named: in the world after it nothing else differs."""
        people, officer, now = self.people, self.world.cast.officer, self.now
        reviewer = people.other_reviewer if who else people.reviewer
        marks = {"use": "1", "plan": "0"} if scores else {"use": "5", "plan": "4"}
        remark = "Слабо: смета без цен." if comments else "Сильно: двор оживёт."
        hand_in(make_sheet(self.judged, reviewer, officer=officer, now=now), now=now, remark=remark, **marks)
        tied = people.tied_expert if conflict else people.other_tied_expert
        Conflict.objects.create(application=self.judged, expert=tied, kind="friend", declared_at=now)
        if decision:
            decide(
                application=self.judged,
                outcome="decline",
                why="Совет решил иначе, чем рейтинг.",
                by=self.world.cast.director,
                now=now,
            )
        draw = Draw.objects.create(
            **Draw.key(self.call), uid=DRAW, title_ru="Жребий", seed_hash="0" * 64, list_hash="1" * 64, committed_at=now,
            committed_by=self.world.cast.director,
        )  # fmt: skip
        Participant.objects.bulk_create(Participant(draw=draw, position=n, code=f"Ж-{n}") for n in (1, 2))
        Seal.objects.create(draw=draw, seed=("a" if lot else "b") * 64, salt="c" * 64)


def make_told(cast: SimpleNamespace, now) -> Told:
    """The world of the access tables, with what the roles of this test stand in: a team, a sheet handed in, a conflict."""
    world = build(cast, [config.label for config in rooms.installed()])
    judged = world.things["judged"]
    in_team(judged, cast.teammate, now=now)
    cast.witness = make_expert("Сдавший")
    hand_in(make_sheet(judged, cast.witness, officer=cast.officer, now=now), now=now, use="3", plan="3")
    cast.tied_officer = make_account("Связанный", "Куратор", roles=["officer"], email="tied.officer@example.org")
    Conflict.objects.create(application=judged, expert=cast.tied_officer, kind="friend", declared_at=now - timedelta(hours=1))
    people = SimpleNamespace(
        **{name: make_expert() for name in ("reviewer", "other_reviewer", "tied_expert", "other_tied_expert")}
    )
    return Told(world, now, people)


def in_team(application, account, *, now) -> None:
    """Joined while it was still a draft."""
    TeamMember.objects.create(
        **TeamMember.key(application), account=account, person=account.person, name="Илья", email=account.email,
        invited_by=application.owner, invited_at=now - timedelta(days=20), expires_at=now - timedelta(days=10),
        accepted_at=now - timedelta(days=19), consented_at=now - timedelta(days=19),
    )  # fmt: skip


def role_names() -> list[str]:
    """The cast of the access tables: what the small world is built for."""
    return [role for role in ROLES if role != "anonymous"]
