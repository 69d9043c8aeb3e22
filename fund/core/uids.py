"""Opaque public identifiers: short enough to read aloud, too many to guess."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # no 0/o, 1/l/i, u: they are misread on paper
LENGTH = 14


def new_uid() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
