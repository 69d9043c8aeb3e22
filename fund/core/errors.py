"""The friendly no of a verb: a sentence for the person, the field it belongs to, a code for programs."""


class Refused(Exception):
    """A verb will not do it. `message` is a translated sentence, `field` the form's field it stands at."""

    status = 422
    rest: "tuple[Refused, ...]" = ()  # what else is wrong, where a verb names every fault at once

    def __init__(self, message, *, field: str | None = None, code: str = "refused"):
        super().__init__(code)
        self.message, self.field, self.code = message, field, code

    def __str__(self) -> str:
        return str(self.message)


class Conflict(Refused):
    """Somebody else changed it meanwhile: nothing is overwritten, both texts are kept."""

    status = 409

    def __init__(self, message, *, field: str | None = None, code: str = "conflict", theirs=None):
        super().__init__(message, field=field, code=code)
        self.theirs = theirs
