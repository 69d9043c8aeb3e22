"""Nouns of deciding: decisions and outcomes; meetings of a council, their agenda and votes; meetings without a call."""

from .decisions import OUTCOMES, SUGGESTED, TONES, Decision, Outcome, OutcomeQuerySet
from .floor import ANSWERS, FollowUp, Motion, Resolution, Side, Topic, Wording
from .meetings import BALLOTS, CHOICES, LIVE, Ballot, Entry, Item, Meeting, MeetingQuerySet, Member, Vote

__all__ = [
    "ANSWERS",
    "BALLOTS",
    "CHOICES",
    "LIVE",
    "OUTCOMES",
    "SUGGESTED",
    "TONES",
    "Ballot",
    "Decision",
    "Entry",
    "FollowUp",
    "Item",
    "Meeting",
    "MeetingQuerySet",
    "Member",
    "Motion",
    "Outcome",
    "OutcomeQuerySet",
    "Resolution",
    "Side",
    "Topic",
    "Vote",
    "Wording",
]
