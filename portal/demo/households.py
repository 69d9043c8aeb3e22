"""The demo's families and organisations: a child with a consent, a minor whose parent has not answered, mandates and bank details."""

from datetime import datetime

from fund.accounts.models import Account
from fund.people.actions import (
    answer_as_guardian,
    confirm_mandate,
    name_guardian,
    register_child,
    register_organisation,
    set_bank_details,
    update_profile,
)
from fund.people.models import ConsentDocument, Guardianship, Mandate, Organisation

from .moments import day

COMPANY = {"kind": "nonprofit", "name": "АНО «Янтарный двор»", "inn": "3906001249", "ogrn": "1023900001234"}
BANK = {"bank": "Банк «Пример», Калининград", "bik": "042748999", "account_number": "40702810900000001234"}


def make_households(now: datetime, people: dict[str, Account]) -> None:
    """The resident has two children, one with a consent; the youngest of the cast waits for their mother."""
    parent, minor = people["resident"], people["minor"]
    for name, age in (("Тимур", 9), ("Майя", 13)):
        child = register_child(by=parent, now=day(now, -40, 19), first_name=name, last_name="Полевой", birth_year=now.year - age)
    minor_documents = ConsentDocument.objects.current().filter(purpose="minor")
    answer_as_guardian(Guardianship.objects.get(child=child), documents=minor_documents, by=parent, now=day(now, -39, 19))
    update_profile(minor.person, by=minor, now=day(now, -6, 15), birth_year=now.year - 16)
    mother = {"email": "inna.zorina@example.org", "first_name": "Инна", "last_name": "Зорина"}
    name_guardian(minor.person, by=minor, now=day(now, -1, 16), **mother)


def make_organisations(now: datetime, people: dict[str, Account]) -> Organisation:
    """The teammate speaks for two: one by their own word, one by a paper that an officer has seen; returns the first."""
    teammate, at = people["teammate"], day(now, -60, 11)
    workshop = register_organisation(by=teammate, now=at, name="Мастерская «Соседи»", kind="informal", position="ведущий")
    company = register_organisation(by=teammate, now=at, position="директор", address="Гусев, ул. Победы, 1", **COMPANY)
    mandate = Mandate.objects.get(organisation=company)
    confirm_mandate(mandate, by=people["officer"], now=day(now, -58, 10), paper="Приказ № 1 от 12 января 2024 года")
    set_bank_details(company, by=teammate, now=day(now, -58, 12), **BANK)
    return workshop
