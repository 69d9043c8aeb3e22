"""The demo fund: a believable town, made through the rooms' own verbs with `now` passed in."""
