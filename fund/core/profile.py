"""The town's profile: everything named after one town is data (profiles/<name>.yaml), so another town needs no code."""

from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError, field_validator
from ruamel.yaml import YAML

from .parts import Strict, Words


class Theme(Strict):
    """A direction of support; `palette` names the colours of its covers."""

    key: str
    name: Words
    palette: str


class Programme(Strict):
    """A line of support."""

    key: str
    name: Words
    track: str = "competition"


class Profile(Strict):
    """What one town says about itself."""

    name: Words
    fund: Words
    town: Words
    address: Words
    promise: tuple[Words, Words]
    promise_lead: Words
    time_zone: str
    time_zone_name: Words
    mail_from: str
    contact_email: str
    contact_phone: str = ""
    corporate_domains: tuple[str, ...] = ()
    # Where anyone gets a mailbox: two people with addresses there have nothing in common by that.
    public_mail_domains: tuple[str, ...] = ()
    # Days to file an appeal where a regulation names no date, and working days in which it is answered.
    appeal_days: int = 10
    appeal_answer_days: int = 10
    # The share of a council's members that must vote on an item: "2/3", "1/2".
    council_quorum: str = "1/2"
    programmes: tuple[Programme, ...]
    themes: tuple[Theme, ...]

    @field_validator("council_quorum")
    @classmethod
    def quorum_is_a_share(cls, value: str) -> str:
        if not 0 < Fraction(value) <= 1:
            raise ValueError(f"a share between 0 and 1, such as 2/3, not {value}")
        return value

    @field_validator("time_zone")
    @classmethod
    def zone_exists(cls, value: str) -> str:
        ZoneInfo(value)
        return value


def load(name: str, folder: Path) -> Profile:
    """Reads one profile; a wrong file stops the start with one sentence."""
    path = folder / f"{name}.yaml"
    try:
        return Profile.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ImproperlyConfigured(f"PROFILE={name}: there is no file {path.name} in profiles/.") from None
    except (ValidationError, ValueError) as error:
        raise ImproperlyConfigured(f"profiles/{path.name} is not a profile: {error}") from None
