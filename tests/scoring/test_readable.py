"""A text that is no YAML, or more than we take: refused at the line where it went wrong, without the parser's jargon."""

import pytest

from grants.scoring.marked import BadFile, read_marked

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\n\tb: 2\n", "2: a tab or another sign stands where text should begin"),
        ("a: 1\nb: c: d\n", "2: a colon too many, or a wrong indentation"),
        ("a: 1\nb: {c: 1\nd: 2\n", "2: a bracket opened here is not closed"),
        ('a: 1\nb: "c\nd: 2\n', "2: a quotation mark opened here is not closed"),
        ("a: 1\nlong\nb: 2\n", "2: a colon is missing after this key"),
        ("a: 1\n---\nb: 2\n", "2: a file holds one document"),
        ('a: 1\nb: "\\q"\n', "2: this backslash stands for nothing"),
        ("a:\n  - 1\n - 2\n", "3: the indentation does not fit"),
        ("a: 1\nb: *none\n", "2: anchors and aliases"),
        ("a: &x 1\nb: &x 2\n", "1: a: anchors and aliases"),
        (BOMB, "1: a: anchors and aliases"),
        ("a: 1\nb: !x 2\n", "2: b: tags are not allowed"),
        ("a: 1\nb: !!set {c}\n", "2: b: tags are not allowed"),
        ("%YAML 3.0\n---\na: 1\n", "1: this cannot be read as YAML"),
        ("a: 1\nb: \x00\n", "2: the character U+0000 is not allowed"),
        ("a: 1\r\nb: \x07\r\n", "2: the character U+0007 is not allowed"),
        ('a: 1\nb: [c, "\\0"]\n', "2: b[1]: the character U+0000 is not allowed"),
        ('a: 1\n"\\ud800": 1\n', "2: the character U+D800 is not allowed"),
        ("a: 1\nb: {c: 1e400}\n", "2: b.c: “1e400” is not a number"),
        ("a: 1\nb: 1__0\n", "2: b: “1__0” is not a number"),
        ("a:\n  b: 1\n  b: 2\n", "3: a: the key “b” stands twice"),
        ("a: 1\nb: " + "[" * 20_000, "2: this is nested too deeply"),
        ("\n".join(" " * depth + "a:" for depth in range(900)), "40: this is nested too deeply"),
        ("a: " + "x" * 1_000_000, "1: the file is larger than 1000000 characters"),
    ],
)
def test_what_cannot_be_read_is_said_plainly_at_its_line(text, problem):
    with pytest.raises(BadFile) as bad:
        read_marked("f", text)

    (found,) = bad.value.problems
    assert str(found).startswith(f"f:{problem}")
