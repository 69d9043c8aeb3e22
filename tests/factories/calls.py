"""Calls for tests, made by the verb that makes them in the product, from a short regulation."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from fund.accounts.models import Account
from grants.calls.actions import announce_call, close_call, import_call, open_call, start_judging
from grants.calls.models import Call

from .people import make_account

NUMBER = count(1)
PREFIXES = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"

REGULATION = """\
format: 1
call:
  key: {key}
  title: {{ru: {title}, en: {title_en}}}
  summary: {{ru: Двор становится общим., en: A yard becomes shared.}}
  programme: creative
  themes: [{themes}]
  number_prefix: {prefix}
  applicants: [person, team, organisation]
  youngest: 14
timeline:
  zone: Europe/Kaliningrad
  opens: {opens}
  closes: {closes}
  grace_minutes: {grace}
  checked_by: {checked_by}
  judged_by: {judged_by}
  decided_by: {decided_by}
  projects_from: {projects_from}
money: {{envelope: {envelope}}}
eligibility:
  - key: town
    label: {{ru: Проект пройдёт в Гусеве?, en: Will the project happen in Gusev?}}
    choices:
      - {{key: "yes", label: {{ru: Да, en: "Yes"}}}}
      - {{key: "no", label: {{ru: Нет, en: "No"}}}}
    accepted: ["yes"]
    refusal: {{ru: Фонд поддерживает проекты в Гусеве., en: The fund supports projects in Gusev.}}
questions:
  sections:
    - key: idea
      title: {{ru: Идея, en: Idea}}
      questions:
        - {{key: change, type: long_text, label: {{ru: Что изменится в городе?, en: What will change in town?}}, max_length: 1500}}
        - {{key: contact, type: short_text, label: {{ru: Как с вами связаться?, en: How to reach you?}}, hidden_from_experts: true}}
    - key: plan
      title: {{ru: План, en: Plan}}
      questions:
        - {{key: months, type: number, label: {{ru: Сколько месяцев?, en: How many months?}}, min: 1, max: 12, decimals: 0}}
{theme}costs:
  categories:
    - {{key: things, label: {{ru: Материалы, en: Materials}}}}
    - {{key: work, label: {{ru: Работы, en: Work}}, cap_percent: 50}}
  least: 10000
  most: {most}
  own_percent: 10
  minimum_allowed: true
review: {{experts: {experts}, per_expert: {per_expert}, comment_min: 0, others_visible: {others}, blind: {blind}, discussion: {discussion}}}
rules:
  criteria:
    - {{key: use, title: {{ru: Польза, en: Use}}, scale: {{max: 5}}, weight: 3, anchors: {{0: {{ru: Нет, en: None}}, 5: {{ru: Всем, en: All}}}}}}
    - {{key: plan, title: {{ru: План, en: Plan}}, scale: {{max: 5}}, weight: 2, na_allowed: true}}
  sheet_total: sum
  digits: 1
  thresholds: {{total: 12}}
  divergence: {divergence}
  ties: {ties}
  examples:
    - title: {{ru: Ровная заявка, en: An even application}}
      applications:
        A:
          amount: 100000
          sheets:
            one: {{use: 4, plan: 3}}
          expect: {{total: {expected}, passed: true}}
"""


THEME = """\
        - key: theme
          type: choice
          label: {ru: Направление, en: Theme}
          choices:
            - {key: media, label: {ru: Медиа, en: Media}}
            - {key: eco, label: {ru: Экология, en: Ecology}}
"""


def make_regulation(now: datetime | None = None, **given) -> str:
    """A regulation file; `now` lies in the middle of its days of taking applications."""
    now = now or timezone.now()
    number = next(NUMBER)
    facts = {
        "key": f"call-{number}",
        "title": "Живой двор",
        "title_en": "Living Yard",
        "themes": "city",
        "prefix": PREFIXES[number % 28] + PREFIXES[number // 28 % 28],
        "opens": now - timedelta(days=10),
        "closes": now + timedelta(days=10),
        "grace": 0,
        "envelope": 1_000_000,
        "most": 450_000,
        "expected": "18.0",
        "others": "never",
        "blind": "true",
        "discussion": "anonymous",
        "divergence": "null",
        "experts": 2,
        "per_expert": 10,
        "theme": "",
        "ties": "[{criterion: use}, submitted, lot]",
        **given,
    }
    closes = facts["closes"]
    facts = {
        "checked_by": closes + timedelta(days=5),
        "judged_by": closes + timedelta(days=20),
        "decided_by": closes + timedelta(days=27),
        "projects_from": (closes + timedelta(days=40)).date(),
        **facts,
    }
    return REGULATION.format(**{k: v.isoformat() if isinstance(v, datetime) else v for k, v in facts.items()})


def make_officer() -> Account:
    return Account.objects.filter(email="curator@example.org").first() or make_account(
        "Марина", "Соколова", roles=["officer"], email="curator@example.org"
    )


def make_draft_call(officer: Account | None = None, *, now: datetime | None = None, **facts) -> Call:
    now = now or timezone.now()
    officer = officer or make_officer()
    return import_call(file="test.yaml", text=make_regulation(now, **facts), by=officer, now=now - timedelta(days=30))


def make_call(officer: Account | None = None, *, now: datetime | None = None, state: str = "open", **facts) -> Call:
    """A call that has come as far as `state`: draft, announced, open, closed or judging, around `now`."""
    now = now or timezone.now()
    officer = officer or make_officer()
    if state == "announced":
        facts = {"opens": now + timedelta(days=5), "closes": now + timedelta(days=25), **facts}
    if state in ("closed", "judging"):
        facts = {"opens": now - timedelta(days=30), "closes": now - timedelta(days=1), **facts}
    call = make_draft_call(officer, now=now, **facts)
    if state == "announced":
        announce_call(call, by=officer, now=now)
    elif state != "draft":
        open_call(call, by=officer, now=call.opens_at)
    if state in ("closed", "judging"):
        close_call(call, now=now)
    if state == "judging":
        start_judging(call, by=officer, now=now)
    return call
