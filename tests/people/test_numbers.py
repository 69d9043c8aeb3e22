"""Check digits: real published numbers pass, one digit off fails."""

import pytest

from fund.people.numbers import is_account, is_bik, is_correspondent_account, is_inn, is_ogrn


@pytest.mark.parametrize("inn", ["7707083893", "7736050003", "7728168971", "500100732259"])
def test_is_inn_of_real_ones(inn):
    assert is_inn(inn)


@pytest.mark.parametrize("inn", ["7707083894", "500100732250", "500100732269", "770708389", "", "77070838٩3", "7707 83893"])
def test_is_inn_refuses(inn):
    assert not is_inn(inn)


@pytest.mark.parametrize("ogrn", ["1027700132195", "1037700013020", "304500116000157"])
def test_is_ogrn_of_real_ones(ogrn):
    assert is_ogrn(ogrn)


@pytest.mark.parametrize("ogrn", ["1027700132196", "304500116000158", "102770013219", ""])
def test_is_ogrn_refuses(ogrn):
    assert not is_ogrn(ogrn)


def test_accounts_belong_to_their_bank():
    assert is_bik("044525225")
    assert is_correspondent_account("30101810400000000225", "044525225")
    assert not is_correspondent_account("30101810400000000225", "044030653")
    assert not is_account("40702810400000000225", "123")


def test_is_account_lets_one_key_digit_of_ten_pass():
    numbers = [f"40702810{key}38050019670" for key in range(10)]

    assert sum(is_account(number, "044525225") for number in numbers) == 1
