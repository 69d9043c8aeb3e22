"""The people of the demo whose passwords are printed: one for every role, invented all of them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "gusev-demo-2026"


@dataclass(frozen=True)
class Player:
    """Somebody to sign in as. `role` is what is granted; resident and applicant need no grant."""

    key: str
    email: str
    first_name: str
    last_name: str
    roles: tuple[str, ...] = ()
    language: str = "ru"
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def role(self) -> str:
        return self.roles[0] if self.roles else self.key.partition("-")[0]

    @property
    def words(self):
        """What this person can try, for the page of the demo."""
        return WORDS.get(self.key) or WORDS.get(self.role, "")


WORDS = {
    "applicant": _("Finish a draft, follow an application under review, read a result"),
    "teammate": _("Answer an invitation to a team, send a nearly finished draft"),
    "resident": _("Find a call, answer the eligibility questions, begin an application"),
    "minor": _("Under 18: see what waits for a guardian's consent, write to another adult"),
    "officer": _("Load a regulation, check applications, assign experts, answer questions"),
    "director": _("Read the ranking, decide, release"),
    "expert": _("Answer invitations, score beside the proposal, hand in a sheet"),
    "council_member": _("Sit in a council under way: read the agenda, vote, step aside"),
    "accountant": _("See organisations and their bank details"),
    "admin": _("Give and take away roles, see letters that failed"),
}
CAST = (
    Player("applicant", "anna.melnik@technopolis.localhost", "Анна", "Мельник", facts=(("department", "Монтажный участок"),)),
    Player("teammate", "ilya.vetrov@example.org", "Илья", "Ветров"),
    Player("resident", "roman.polevoy@example.org", "Роман", "Полевой"),
    Player("resident-en", "sam.porter@example.org", "Сэм", "Портер", language="en"),
    Player("minor", "yulia.zorina@example.org", "Юлия", "Зорина"),
    Player("officer", "marina.sokolova@example.org", "Марина", "Соколова", ("officer",)),
    Player("officer-2", "olga.lesnaya@example.org", "Ольга", "Лесная", ("officer",)),
    Player("director", "mikhail.severin@example.org", "Михаил", "Северин", ("director",)),
    Player("expert", "elena.kashtanova@example.org", "Елена", "Каштанова", ("expert",)),
    Player("expert-2", "pavel.gromov@example.org", "Павел", "Громов", ("expert",)),
    Player("expert-en", "nora.lindqvist@example.org", "Нора", "Линдквист", ("expert",), language="en"),
    Player("council", "dmitry.lebedev@example.org", "Дмитрий", "Лебедев", ("council_member",)),
    Player("accountant", "nina.schetova@example.org", "Нина", "Счётова", ("accountant",)),
    Player("admin", "gleb.klyuchnikov@example.org", "Глеб", "Ключников", ("admin",)),
)
