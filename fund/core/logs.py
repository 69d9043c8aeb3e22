"""What the logs hold: one line per event with the request's id, and no address, e-mail, token or search word of anybody."""

import re

import structlog

EMAIL = re.compile(r"[\w.+-]+@[\w.-]+")
LONGEST_PLAIN_SEGMENT = 32  # opaque ids have 14 characters, slugs are short; signed links are longer
UNWANTED = ("user_agent", "ip")


def without_personal(_, __, event: dict) -> dict:
    """The last step before a line is written, so tracebacks and other libraries' lines pass it too."""
    for name in UNWANTED:
        event.pop(name, None)
    if not isinstance(event.get("request", ""), str):
        event.pop("request")  # the development server puts its socket here
    if "request" in event:
        event["request"] = plain_address(event["request"])
    return {name: EMAIL.sub("…@…", value) if isinstance(value, str) else value for name, value in event.items()}


def plain_address(request: str) -> str:
    """`GET /ru/calls/?q=Ivanov` → `GET /ru/calls/`; a segment that may be a token becomes `…`."""
    method, _, address = request.partition(" ")
    segments = address.partition("?")[0].split("/")
    return f"{method} " + "/".join("…" if ":" in s or len(s) > LONGEST_PLAIN_SEGMENT else s for s in segments)


BEFORE = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]


def configure(*, level: str, readable: bool) -> dict:
    """Django's LOGGING: lines to read at a terminal, JSON for a machine."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    writer = structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer(ensure_ascii=False)
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": BEFORE,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_personal, writer],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # django_structlog says the same with the request's id and without the address line.
            "django.request": {"level": "CRITICAL"},
            # One line "task received" and one "succeeded" every half a minute would be all the log holds.
            "celery": {"level": "WARNING"},
            "django_structlog.celery": {"level": "WARNING"},
        },
    }
