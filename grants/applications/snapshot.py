"""What is sent, as one plain record: it stands in the receipt, its hash is printed, officers and experts read it."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from .contents import Contents, title_of

FORMAT = 1


def snapshot_of(contents: Contents, *, number: str, now: datetime) -> dict[str, Any]:
    """JSON-ready: sums and quantities as text, instants in ISO 8601, files by name and SHA-256."""
    application = contents.application
    totals = contents.totals
    return {
        "format": FORMAT,
        "call": application.call.slug,
        "regulation": application.version.digest,
        "number": number,
        "sent_at": now.isoformat(),
        "title": title_of(contents.regulation, contents.values),
        "applicant": _applicant(contents),
        "eligibility": application.eligibility,
        "answers": {key: value for key, value in contents.values.items() if not key.startswith("@")},
        "costs": [_line(line) for line in contents.costs],
        "amount": str(totals.requested),
        "own_amount": str(totals.own),
        "minimum": None if contents.minimum is None else str(contents.minimum),
        "team": [{"name": member.name, "part": member.part} for member in contents.team],
        "files": [
            {"uid": one.uid, "kind": one.kind, "name": one.name, "size": one.size, "sha256": one.sha256}
            for one in contents.documents
        ],
    }


def _applicant(contents: Contents) -> dict[str, Any]:
    application, owner = contents.application, contents.owner
    return {
        "kind": application.applicant_kind,
        "name": owner.full_name if owner else application.owner.email,
        "organisation": application.organisation.name if application.organisation_id else "",
        "guardian": _name(contents.guardian),
        "payee": application.payee,
    }


def _name(person: Model | None) -> str:
    return str(person) if person else ""


def _line(line: Any) -> dict[str, str]:
    return {
        "category": line.category,
        "title": line.title,
        "quantity": str(line.quantity),
        "unit_price": str(line.unit_price),
        "requested": str(line.requested),
        "own": str(line.own),
    }


def erased() -> dict[str, Any]:
    """What is left to read where the contents of a receipt were erased."""
    applicant = {"kind": "person", "name": "", "organisation": "", "guardian": ""}
    sums = {"amount": "0", "own_amount": "0", "minimum": None}
    return {"title": "", "applicant": applicant, "answers": {}, "costs": [], "team": [], "files": [], **sums}
