"""The examples of docs/scoring.md are run; what it says is refused is refused, at the line it says."""

import doctest
import re
from pathlib import Path

import pytest

from grants.scoring.files import read_rules
from grants.scoring.marked import BadFile

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "scoring.md"
BLOCK = re.compile(r"```yaml( refused)?\n(.*?)```(?:\n\n```text\n(.*?)```)?", re.S)
BLOCKS = [match.groups() for match in BLOCK.finditer(DOCUMENT.read_text())]
RIGHT = [text for refused, text, _ in BLOCKS if not refused]


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_example_of_the_document_comes_out(number):
    rules, _ = read_rules("FILE", RIGHT[number])

    assert rules.examples


def test_refusal_of_the_document_is_word_for_word():
    for _, text, printed in [block for block in BLOCKS if block[0]]:
        with pytest.raises(BadFile) as bad:
            read_rules("FILE", text)

        assert str(bad.value) == printed.strip()


def test_sums_of_the_document_come_out():
    found = doctest.testfile(str(DOCUMENT), module_relative=False)

    assert (found.failed, found.attempted) == (0, 10)


def test_document_shows_every_rule():
    """Each value a rule can take stands in an example or in the text beside it."""
    text = DOCUMENT.read_text()
    for word in (
        "mean",
        "sum",
        "out_of",
        "median",
        "trimmed",
        "criterion_mean",
        "criterion_median",
        "lower",
        "weight_by_amount",
        "ranking_weight",
        "total_by_amount",
        "every_expert",
        "divergence",
        "z_score",
        "criterion:",
        "spread",
        "submitted",
        "vote",
        "lot",
        "stop",
        "skip",
        "best_total",
        "partial",
        "reserve",
        "levels",
        "automatic",
        "edge",
    ):
        assert word in text, word
