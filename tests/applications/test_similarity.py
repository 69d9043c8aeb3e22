"""Texts that are alike: shingles, shares, what is marked, and the cost that grows with the text alone."""

import random
from time import perf_counter

import pytest

from grants.applications.similarity import FEWEST, alike, marked, packed, shingles, unpacked

YARD = (
    "Во дворе дома на улице Победы появится беседка с навесом, где соседи будут встречаться по вечерам, читать книги детям "
    "и праздновать день двора. Мы поставим стол, две скамьи и стеллаж для обмена книгами, посадим сирень вдоль забора и "
    "повесим доску объявлений, чтобы каждый житель знал о встречах заранее."
)
OTHER = (
    "Молодёжный театр покажет в старой водокачке спектакль о строителях города. Подростки сами соберут воспоминания, напишут "
    "сцены вместе с драматургом и сыграют их на открытой площадке. После каждого показа зрители останутся на разговор с "
    "теми, чьи истории прозвучали со сцены, а запись попадёт в городской архив."
)


def test_a_text_is_wholly_like_itself_with_other_endings():
    changed = YARD.replace("появится беседка", "появятся беседки").replace("скамьи", "скамья").upper()

    assert alike([2], {1: shingles([YARD]), 2: shingles([changed])}) == {(1, 2): 100}


def test_different_texts_are_not_alike():
    assert alike([1, 2], {1: shingles([YARD]), 2: shingles([OTHER])}) == {}


def test_a_short_text_copied_into_a_long_one_is_found():
    assert alike([1], {1: shingles([YARD]), 2: shingles([f"{OTHER} {YARD} {OTHER[::-1]}"])}) == {(1, 2): 100}


def test_exactly_half_is_not_yet_alike():
    common, mine, theirs = set(range(50)), set(range(100, 150)), set(range(200, 250))

    assert alike([1], {1: common | mine, 2: common | theirs}) == {}
    assert alike([1], {1: common | {999} | mine, 2: common | {999} | theirs}) == {(1, 2): 50}


def test_short_texts_are_not_compared():
    few = set(range(FEWEST - 1))

    assert alike([1], {1: few, 2: few}) == {}
    assert alike([1], {1: few | {99}, 2: few | {99}}) == {(1, 2): 100}


def test_only_pairs_with_something_new_are_told():
    own = set(range(30))

    assert alike([3], {1: own, 2: own, 3: own}) == {(1, 3): 100, (2, 3): 100}


def test_a_text_copied_by_hundreds_is_found_for_each_of_them():
    own = set(range(40))

    found = alike(range(300), dict.fromkeys(range(300), own))

    assert {key for pair in found for key in pair} == set(range(300))


def test_answers_are_compared_each_by_itself():
    assert shingles(["один два три", "четыре пять шесть"]) == frozenset()


def test_marked_pieces_are_the_text_and_name_what_both_say():
    mine = f"Сначала своё. {YARD} В конце опять своё."

    pieces = marked(mine, shingles([YARD]))

    assert "".join(text for text, _both in pieces) == mine
    assert [text for text, both in pieces if both] == [YARD.rstrip(".")]


@pytest.mark.parametrize("text", ["", "   ", "слово", "a b c d", "\n\n", "😀 😀 😀 😀 😀"])
def test_odd_texts_have_no_shingles_and_are_marked_whole(text):
    assert shingles([text]) == frozenset()
    assert "".join(piece for piece, _both in marked(text, frozenset())) == text


def test_packed_numbers_come_back():
    own = shingles([YARD])

    assert unpacked(packed(own)) == sorted(own)


def test_four_times_the_texts_cost_about_four_times_as_much():
    def seconds(count: int) -> float:
        dice = random.Random(7)
        held = {key: {dice.getrandbits(60) for _ in range(200)} | set(range(100)) for key in range(count)}
        begun = perf_counter()
        alike(held, held)
        return perf_counter() - begun

    few, many = min(seconds(150) for _ in range(3)), min(seconds(600) for _ in range(3))

    assert many < few * 12  # a comparison of each with each would cost sixteen times as much
