"""The arithmetic of a draw: whatever the list, anyone computes the same order, and nothing published can be changed."""

import subprocess
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.lots.drawing import drawn, faults_of, fingerprint, in_fixed_order, list_fingerprint, lot_of, new_seed, spoken

codes = st.lists(st.text("АБВ0123456789-", min_size=1, max_size=12), min_size=1, max_size=30, unique=True)
words = st.text("абв где", max_size=20)


def test_a_lot_is_what_sha256sum_prints():
    printed = subprocess.run(["sha256sum"], input="Гусев\nЖД-26-014".encode(), capture_output=True, check=True).stdout

    assert lot_of("Гусев", "ЖД-26-014") == printed.decode().split()[0]


def test_the_hash_of_a_seed_is_what_sha256sum_prints():
    printed = subprocess.run(["sha256sum"], input=b"seed", capture_output=True, check=True).stdout

    assert fingerprint("seed") == printed.decode().split()[0]


def test_words_follow_the_seed_after_a_space():
    assert (spoken("seed", "дождь будет"), spoken("seed")) == ("seed дождь будет", "seed")


def test_the_order_is_written_down():
    order = drawn(["ЖД-26-014", "ЖД-26-015", "ЖД-26-016"], "Гусев 23.04.2027")

    assert [(one.place, one.code, one.position) for one in order] == [
        (1, "ЖД-26-016", 3),
        (2, "ЖД-26-015", 2),
        (3, "ЖД-26-014", 1),
    ]
    assert order[0].lot == sha256("Гусев 23.04.2027\nЖД-26-016".encode()).hexdigest()


@given(codes, words, st.randoms(use_true_random=False))
def test_order_of_the_list_changes_no_place(listed, said, dice):
    before = {one.code: (one.place, one.lot) for one in drawn(listed, "seed", said)}
    dice.shuffle(listed)

    assert {one.code: (one.place, one.lot) for one in drawn(listed, "seed", said)} == before


@given(codes, words)
def test_everybody_gets_a_place_of_their_own(listed, said):
    order = drawn(listed, "seed", said)

    assert [one.place for one in order] == list(range(1, len(listed) + 1))
    assert {one.code for one in order} == set(listed)
    assert {listed[one.position - 1] for one in order} == set(listed)


@given(codes, st.data())
def test_leaving_one_out_moves_nobody_past_another(listed, data):
    """A draw among many is a draw among any of them: the others keep their order."""
    gone = data.draw(st.sampled_from(listed))

    whole = [one.code for one in drawn(listed, "seed") if one.code != gone]

    assert [one.code for one in drawn([code for code in listed if code != gone], "seed")] == whole


def test_every_place_is_as_likely_for_everyone():
    firsts = [drawn(["A", "B", "C"], str(number))[0].code for number in range(3000)]

    assert all(900 < firsts.count(code) < 1100 for code in "ABC")


def test_what_was_published_cannot_be_changed():
    listed, seed, salt = ["A", "B"], new_seed(), new_seed()
    published = {"seed_hash": fingerprint(seed), "list_hash": list_fingerprint(salt, listed)}

    assert faults_of(listed, salt=salt, seed=seed, **published) == []
    assert faults_of(listed, salt=salt, seed=new_seed(), **published) == ["seed"]
    assert faults_of(["A", "C"], salt=salt, seed=seed, **published) == ["list"]
    assert faults_of(["B", "A"], salt=salt, seed=new_seed(), **published) == ["seed", "list"]


@pytest.mark.parametrize("listed", [["A", "A"], ["A", ""], ["A\nB"], ["A\u2028B"]])
def test_a_list_that_could_be_read_in_two_ways_is_refused(listed):
    with pytest.raises(ValueError, match="each code once"):
        in_fixed_order(listed)


def test_seeds_are_nobodys_choice():
    assert len({new_seed() for _ in range(100)}) == 100
    assert len(new_seed()) == 64
