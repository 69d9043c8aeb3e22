"""A regulation as one readable YAML file: read with the line of every error, written back without loss."""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import LiteralScalarString

from fund.core.parts import written
from grants.scoring.marked import BadFile, read_marked

from .checks import wrong_examples
from .schema import Regulation
from .timeline import INSTANTS

SHORT = 90


def read_regulation(file: str, text: str, *, prove: bool = True) -> Regulation:
    """The regulation in `text`; `file` is its name in errors.

    Raises BadFile with everything that is wrong: not YAML, unknown or missing keys, rules that contradict themselves,
    and (unless `prove` is False) worked examples that do not come out right.
    """
    marked = read_marked(file, text)
    try:
        regulation = Regulation.model_validate(marked.data)
    except ValidationError as error:
        raise BadFile(marked.problems(error)) from None
    if prove and (faults := wrong_examples(regulation)):
        raise BadFile(marked.problem(fault) for fault in faults)
    return regulation


def write_regulation(regulation: Regulation) -> str:
    """The regulation as YAML text; reading it gives an equal regulation. What equals its default is left out."""
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width, yaml.allow_unicode = 120, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data = regulation.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    data["timeline"] = _on_the_wall(data["timeline"])
    written_out = io.StringIO()
    yaml.dump(_laid_out(data), written_out)
    return written_out.getvalue()


def published_schema() -> str:
    """The JSON Schema of a regulation file, as it stands in docs/regulation.schema.json."""
    return json.dumps(Regulation.model_json_schema(by_alias=True), ensure_ascii=False, indent=1) + "\n"


class _Representer(RoundTripRepresenter):
    """Numbers and moments as they stand in a hand-written file: plain, never quoted."""

    def decimal(self, value: Decimal) -> Any:
        return self.represent_scalar(
            "tag:yaml.org,2002:float" if "." in written(value) else "tag:yaml.org,2002:int", written(value)
        )

    def moment(self, value: date) -> Any:
        text = value.isoformat(" ").removesuffix(":00") if isinstance(value, datetime) else value.isoformat()
        return self.represent_scalar("tag:yaml.org,2002:timestamp", text)


_Representer.add_representer(Decimal, _Representer.decimal)
_Representer.add_representer(date, _Representer.moment)
_Representer.add_representer(datetime, _Representer.moment)


def _on_the_wall(timeline: dict[str, Any]) -> dict[str, Any]:
    """Instants by the clock on the wall of the timeline's zone, where that clock is not ambiguous."""
    zone = ZoneInfo(timeline["zone"])
    placed = {name: value for name, value in timeline.items() if value is not None}
    for name in INSTANTS:
        if name in placed:
            moment = datetime.fromisoformat(timeline[name])
            wall = moment.replace(tzinfo=None)
            placed[name] = wall if wall.replace(tzinfo=zone) == moment else timeline[name]
    return placed


def _laid_out(value: Any) -> Any:
    """Short mappings of scalars on one line, long texts as blocks, N/A spelt out."""
    if isinstance(value, dict):
        laid = CommentedMap((key, _laid_out(one)) for key, one in value.items())
        if all(one is None or isinstance(one, (Decimal, int)) for one in value.values()) or (
            all(not isinstance(one, (dict, list, tuple)) for one in value.values()) and _width(value) <= SHORT
        ):
            laid.fa.set_flow_style()
        return laid
    if isinstance(value, (list, tuple)):
        listed = CommentedSeq(_laid_out(one) for one in value)
        if all(not isinstance(one, (dict, list, tuple)) for one in value) and sum(len(str(one)) + 2 for one in value) <= SHORT:
            listed.fa.set_flow_style()
        return listed
    if value is None:
        return "n/a"
    return LiteralScalarString(value) if isinstance(value, str) and "\n" in value else value


def _width(value: dict[Any, Any]) -> int:
    if any(isinstance(one, str) and "\n" in one for one in value.values()):
        return SHORT + 1
    return sum(len(str(key)) + len(str(one)) + 4 for key, one in value.items())
