"""docs/regulation.md and the published schema say what the format is, no more and no less; every shipped regulation is right."""

import re
from pathlib import Path

import pytest

from fund.questions import schema as questions
from grants.calls.regulation import as_data, digest, from_data, read_regulation, schema, timeline, write_regulation
from grants.calls.regulation.files import published_schema
from grants.scoring import bands, examples, rubric, rules

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = (ROOT / "docs" / "regulation.md").read_text()
SHIPPED = sorted((ROOT / "examples").glob("*.yaml"))

MODELS = {
    "The file": schema.Regulation, "call": schema.Passport, "timeline": timeline.Timeline, "money": schema.Envelope,
    "eligibility": questions.Requirement, "questions": questions.QuestionSet, "section": questions.Section,
    "question": questions.Question, "choice": questions.Choice, "column": questions.Column, "when": questions.When,
    "costs": questions.CostTable, "category": questions.Category, "review": schema.Review, "rules": rules.Rules,
    "criterion": rubric.Criterion, "scale": rubric.Scale, "level": rubric.Level, "automatic": bands.Automatic,
    "thresholds": rules.Thresholds, "divergence": rules.Divergence, "selection": rules.Selection, "example": examples.Example,
    "application of an example": examples.ExampleApplication, "expect": examples.Expected, "letters": schema.Letters,
    "clarifications": schema.Clarification,
}  # fmt: skip


def table_under(heading):
    """Keys of the table under a heading, each with whether it stands there in bold."""
    section = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", DOCUMENT, re.S | re.M)[1]
    return {key: bool(bold) for bold, key in re.findall(r"^\| (\*\*)?`(\w+)`", section, re.M)}


@pytest.mark.parametrize("heading", MODELS)
def test_document_names_every_key_and_which_must_be_there(heading):
    fields = MODELS[heading].model_fields

    assert table_under(heading) == {field.alias or name: field.is_required() for name, field in fields.items()}


def test_published_schema_is_fresh():
    assert (ROOT / "docs" / "regulation.schema.json").read_text() == published_schema(), (
        "python -m grants.calls.regulation > docs/regulation.schema.json"
    )


def test_smallest_regulation_of_the_document_is_one():
    text = re.search(r"```yaml\n(format: 1.*?)```", DOCUMENT, re.S)[1]

    assert read_regulation("small.yaml", text).call.key == "small-call"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_regulation_goes_round_without_loss(path):
    regulation = read_regulation(path.name, path.read_text())

    written = write_regulation(regulation)

    again = read_regulation("again.yaml", written)
    assert again == regulation == from_data(as_data(regulation))
    assert digest(again) == digest(regulation) == digest(from_data(as_data(regulation)))
    assert write_regulation(again) == written


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_regulation_speaks_both_languages(path):
    def one_sided(value, at=()):
        if isinstance(value, dict):
            if "ru" in value:
                return [] if value.get("en") else [at]
            return [found for key, one in value.items() for found in one_sided(one, (*at, key))]
        return (
            [found for place, one in enumerate(value) for found in one_sided(one, (*at, place))]
            if isinstance(value, list)
            else []
        )

    assert one_sided(as_data(read_regulation(path.name, path.read_text()))) == []


def test_ten_criteria_and_horizon_are_as_published():
    ten = read_regulation("ten.yaml", (ROOT / "examples" / "ten_criteria.yaml").read_text()).rules
    horizon = read_regulation("horizon.yaml", (ROOT / "examples" / "horizon.yaml").read_text()).rules
    innovation = read_regulation("innovation.yaml", (ROOT / "examples" / "horizon_innovation.yaml").read_text()).rules

    assert [(c.scale.min, c.scale.max) for c in ten.criteria] == [(0, 10)] * 10
    assert [(band.up_to, band.threshold) for band in ten.thresholds.total_by_amount] == [
        (500_000, 60),
        (3_000_000, 65),
        (10_000_000, 68),
        (None, 70),
    ]
    assert [(c.scale.max, c.scale.step, c.threshold) for c in horizon.criteria] == [(5, 0.5, 3)] * 3
    assert horizon.thresholds.total == innovation.thresholds.total == 10
    assert [c.ranking_weight for c in innovation.criteria] == [None, 1.5, None]
    assert [tie.criterion for tie in horizon.ties[:2]] == ["excellence", "impact"]
