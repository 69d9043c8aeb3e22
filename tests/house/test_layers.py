"""Foreign keys point the way imports do: down."""

import pytest

from . import rooms


@pytest.mark.parametrize("config", rooms.installed(), ids=lambda config: config.label)
def test_foreign_keys_point_down(config):
    # Any app may name the user model: Django knows it by a setting, not by an import.
    below = rooms.below(config.name) | {"fund.accounts"}
    ours = {other.name for other in rooms.installed()}

    upward = [
        f"{model.__name__}.{field.name} → {field.related_model._meta.label}"
        for model in config.get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.related_model
        if (target := field.related_model._meta.app_config.name) in ours and target not in below
    ]

    assert upward == []


def test_nothing_points_at_anything():
    generic = [
        f"{model._meta.label}.{field.name}"
        for config in rooms.installed()
        for model in config.get_models()
        for field in model._meta.private_fields
    ]

    assert generic == []
