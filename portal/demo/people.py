"""The demo's people: the cast whose passwords are printed, experts, and the town's residents who apply."""

from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from fund.accounts.models import Account
from fund.core.covers import Dice
from fund.people.actions import give_consent, grant_role, open_account, person_of, publish_consent_document
from fund.people.models import ConsentDocument
from fund.people.roles import ROLES
from fund.people.second_factor import set_up_code

from .cast import CAST, PASSWORD, Player
from .moments import day

EXPERTS = (
    Player("expert-4", "vera.ozerova@example.org", "Вера", "Озерова", ("expert",)),
    Player("expert-5", "denis.kravets@example.org", "Денис", "Кравец", ("expert",)),
    Player("expert-6", "lidia.norkina@example.org", "Лидия", "Норкина", ("expert",)),
)
COUNCIL = (
    Player("council-2", "elena.gromova@example.org", "Елена", "Громова", ("council_member",)),
    Player("council-3", "sergey.pak@example.org", "Сергей", "Пак", ("council_member",), facts=(("department", "Логистика"),)),
    Player("council-4", "tamara.yudina@example.org", "Тамара", "Юдина", ("council_member",)),
)
FIRST = (
    *("Алексей", "Борис", "Виктор", "Григорий", "Егор", "Кирилл", "Максим", "Никита", "Фёдор", "Юрий"),
    *("Алина", "Белла", "Валерия", "Галина", "Ева", "Ксения", "Майя", "Надежда", "Фаина", "Юлия"),
)
LAST = ("Баринов", "Веселов", "Горин", "Дымов", "Ельцов", "Зорин", "Калинин", "Лаптев", "Мохов", "Нагорнов", "Орехов", "Пахомов")
DEPARTMENTS = ("Сборочный цех", "Конструкторское бюро", "Бухгалтерия", "Логистика", "")
TEXTS = {
    "processing": (
        "Я согласен на обработку моих имени и контактов, чтобы фонд рассмотрел заявку и ответил мне.",
        "I agree that the fund keeps my name and contacts to consider my application and to answer me.",
    ),
    "newsletter": ("Я хочу получать новости фонда не чаще двух раз в месяц.", "I want news of the fund, twice a month at most."),
    "media": (
        "Снимки со мной можно публиковать в отчётах и на сайте.",
        "Pictures with me may be published in reports and on the site.",
    ),
    "publishing": ("Моё имя может стоять на странице проекта.", "My name may stand on the project's page."),
    "minor": ("Я разрешаю моему ребёнку участвовать.", "I allow my child to take part."),
}


def make_people(now: datetime) -> dict[str, Account]:
    """The cast by their keys, then `town-0` … for those who apply. Everyone has consented to what nothing works without."""
    at = day(now, -440, 9)
    for purpose, (ru, en) in TEXTS.items():
        publish_consent_document(purpose, by=None, now=at, text_ru=ru, text_en=en)
    found = {player.key: open_player(player, at) for player in (*CAST, *EXPERTS, *COUNCIL)}
    found |= {f"town-{place}": open_player(resident(place), at) for place in range(26)}
    # One hash for all who sign in: to make each by itself would take half a second a person.
    Account.objects.filter(email__in=[player.email for player in CAST]).update(password=make_password(PASSWORD))
    return found


def resident(place: int) -> Player:
    first, dice = FIRST[place % len(FIRST)], Dice(f"resident {place}")
    last = LAST[place % len(LAST)] + ("а" if place % len(FIRST) >= 10 else "")
    department = DEPARTMENTS[dice.throw(len(DEPARTMENTS))]
    return Player("town", f"resident{place:02d}@example.org", first, last, facts=(("department", department),))


def open_player(player: Player, now: datetime) -> Account:
    """An account with its roles, its code generator, and the consent everyone needs."""
    names = {"first_name": player.first_name, "last_name": player.last_name, **dict(player.facts)}
    account = open_account(player.email, now=now, language=player.language, **names)
    for role in player.roles:
        grant_role(account, role, by=None, now=now)
    if any(ROLES[role].second_factor for role in player.roles):
        set_up_code(account, secret_of(player.email))
    consent(account, now)
    return account


def secret_of(email: str) -> str:
    """The same secret each time the demo is made, so that an authenticator app keeps working."""
    dice = Dice(f"second factor of {email}")
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[dice.throw(32)] for _letter in range(32))


def consent(account: Account, now: datetime) -> None:
    """To what everyone must; and two of three people gladly see their name published."""
    publishes = [] if Dice(f"consent of {account.email}").throw(3) == 0 else ["publishing"]
    for document in ConsentDocument.objects.current().filter(Q(is_required=True) | Q(purpose__in=publishes)):
        give_consent(person_of(account), document, by=account, now=now, how="page")


def facts_of(accounts: dict[str, Account]) -> list[dict[str, Any]]:
    """What the command prints: who to sign in as."""
    return [
        {"role": player.role, "email": player.email, "password": PASSWORD, "name": f"{player.first_name} {player.last_name}"}
        for player in CAST
    ]
