"""Nothing leaks: two worlds that differ in secrets alone look the same, byte for byte, to whoever is not entitled to them.

`world.py` builds the small world of the access tables and tells each secret one way or the other; `look.py` is everything a
role receives. New addresses are walked by themselves, for the access tables know them all.
"""
