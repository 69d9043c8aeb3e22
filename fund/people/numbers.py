"""Check digits of Russian tax and bank numbers: pure arithmetic, digits in, yes or no out."""

INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
ACCOUNT = (7, 1, 3)


def is_inn(text: str) -> bool:
    """Is this a taxpayer number (ИНН): 10 digits for a body, 12 for a person?

    The last digit (of 12: the last two) is the weighted sum of those before it, mod 11, mod 10.
    Source: order of the tax service ЕД-7-14/559@, annex.
    """
    if not _digits(text, (10, 12)):
        return False
    if len(text) == 10:
        return _control(text, INN_10) == text[9]
    return _control(text, INN_11) == text[10] and _control(text, INN_12) == text[11]


def is_ogrn(text: str) -> bool:
    """Is this a state registration number: ОГРН of 13 digits (a body) or ОГРНИП of 15 (a sole trader)?

    The last digit is the number before it mod 11 (13 digits) or mod 13 (15 digits), of that its last digit.
    Source: order of the ministry of finance 165n.
    """
    if not _digits(text, (13, 15)):
        return False
    return str(int(text[:-1]) % (len(text) - 2))[-1] == text[-1]


def is_bik(text: str) -> bool:
    """Is this a bank's code (БИК): 9 digits, those of Russia begin with 04 (treasury: 00, 01, 02)?"""
    return _digits(text, (9,)) and text[:2] in ("04", "00", "01", "02")


def is_account(number: str, bik: str) -> bool:
    """Does the settlement account of 20 digits belong to the bank with this code?

    Three last digits of the code and the account, each times 7, 1, 3 in turn: the sum of the last digits divides by 10.
    Source: the central bank's procedure 515 of 8 September 1997.
    """
    return _digits(number, (20,)) and is_bik(bik) and _divides(bik[-3:] + number)


def is_correspondent_account(number: str, bik: str) -> bool:
    """The same for the bank's own account at the central bank: "0" and digits 5 and 6 of the code stand before it."""
    return _digits(number, (20,)) and is_bik(bik) and _divides("0" + bik[4:6] + number)


def _divides(digits: str) -> bool:
    return sum(int(d) * ACCOUNT[i % 3] % 10 for i, d in enumerate(digits)) % 10 == 0


def _control(text: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(d) * w for d, w in zip(text, weights, strict=False)) % 11 % 10)


def _digits(text: str, lengths: tuple[int, ...]) -> bool:
    return len(text) in lengths and text.isascii() and text.isdigit()
