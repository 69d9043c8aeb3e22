"""What only PostgreSQL has, declared so that SQLite makes nothing of it and migrations stay the same on both."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.indexes import GinIndex

NOTHING = "-- nothing on this database"


class Exclusion(ExclusionConstraint):
    """An exclusion constraint; on SQLite only the verb's own check under the IMMEDIATE lock stands."""

    def constraint_sql(self, model, schema_editor):
        return super().constraint_sql(model, schema_editor) if schema_editor.connection.vendor == "postgresql" else None

    def create_sql(self, model, schema_editor):
        return super().create_sql(model, schema_editor) if schema_editor.connection.vendor == "postgresql" else None

    def remove_sql(self, model, schema_editor):
        return super().remove_sql(model, schema_editor) if schema_editor.connection.vendor == "postgresql" else None

    def validate(self, *args, **kwargs):
        """Left to the database: Django's own check raises FieldError when a form leaves the condition's field out."""


class Gin(GinIndex):
    """A GIN index, for trigrams and full text."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return NOTHING
        return super().create_sql(model, schema_editor, using, **kwargs)

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return NOTHING
        return super().remove_sql(model, schema_editor, **kwargs)
