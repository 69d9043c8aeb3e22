"""Sample data of the page of components; every name, sum and date in it is invented."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator

from . import charts
from .bilingual import say
from .forms import Form

SHELLS = {
    "unreadable": "400.html",
    "not-found": "404.html",
    "busy": "503.html",
    "forbidden": "403.html",
    "broken": "500.html",
    "offline": "offline.html",
    "stale": "403_csrf.html",
    "panes": "core/kit_panes.html",
    "letter": "core/kit_letter.html",
}


def t(ru: str, en: str) -> str:
    return str(say({"ru": ru, "en": en}))


def both(pairs) -> list:
    """Rows of (ru, en, …) with the first two made one text in the reader's language."""
    return [(t(ru, en), *rest) for ru, en, *rest in pairs]


STATES = (
    ("Черновик", "Draft", "mute"),
    ("Отправлена", "Submitted", "info"),
    ("Нужны правки", "Needs fixes", "amber"),
    ("На экспертизе", "Under review", "plum"),
    ("На решении", "Being decided", "plum"),
    ("Поддержана", "Funded", "ok"),
    ("В резерве", "In reserve", "info"),
    ("Не поддержана", "Not funded", "mute"),
    ("Отозвана", "Withdrawn", "mute"),
)
CRITERIA = (
    ("Польза для города", "Use to the town", "25.0", 30),
    ("Новизна и качество идеи", "Novelty and quality of the idea", "18.0", 20),
    ("Выполнимость плана", "Feasibility of the plan", "12.0", 20),
    ("Обоснованность бюджета", "Grounds for the budget", "8.67", 20),
    ("Команда", "Team", "7.0", 10),
)
GRANTS = (
    ("Городская среда", "Public space", 412, "4,12 млн ₽", "₽4.12M"),
    ("Медиа и техника", "Media and technology", 286, "2,86 млн ₽", "₽2.86M"),
    ("Наследие", "Heritage", 174, "1,74 млн ₽", "₽1.74M"),
    ("Сцена и музыка", "Stage and music", 138, "1,38 млн ₽", "₽1.38M"),
    ("Экология", "Ecology", 92, "0,92 млн ₽", "₽0.92M"),
)
SEASONS = (("осень 24", "aut 24"), ("весна 25", "spr 25"), ("осень 25", "aut 25"), ("весна 26", "spr 26"), ("осень 26", "aut 26"))
RANKING = (
    ("Остановка «Музыка»", "Music Stop", "88.3", (92, 88, 85)),
    ("Мурал «Янтарный путь»", "Amber Road mural", "79.7", (94, 58, 87)),
    ("Сад за библиотекой", "Garden behind the library", "78.0", (64, 88, 82)),
)
SHIFTS = (
    ("Вход и билеты", "Entrance and tickets", ((4, 4), (4, 4), (3, 4), (1, 4))),
    ("Детская мастерская", "Children's workshop", ((6, 6), (5, 6), (6, 6), None)),
    ("Сцена", "Stage", ((2, 2), (2, 2), (2, 2), (1, 2))),
)


def everything(now) -> dict:
    return {
        "title": t("Компоненты", "Components"),
        "now": now,
        "crumbs": [(t("Мои заявки", "My applications"), "#"), (t("Живой двор", "Living Yard"), "#")],
        "form": faulty_form(),
        "shells": SHELLS,
        **deadlines(now),
        **lists(),
        **figures(),
    }


def deadlines(now) -> dict:
    return {
        "states": both(STATES),
        "opens": now + timedelta(days=40),
        "closing": [now + timedelta(days=70), now + timedelta(days=24, hours=3), now + timedelta(days=3, hours=2)],
        "last": now + timedelta(hours=5),
        "past": now - timedelta(days=1),
        "near": now + timedelta(days=9, hours=3, minutes=28),
        "track": [
            (t("Приём", "Open"), t("до 15 окт.", "to 15 Oct"), "now"),
            (t("Экспертиза", "Review"), t("до 5 нояб.", "to 5 Nov"), ""),
            (t("Итоги", "Results"), t("12 ноября", "12 Nov"), ""),
            (t("Деньги", "Funds"), t("с 1 декабря", "from 1 Dec"), ""),
        ],
        "timeline": [
            (t("Черновик создан", "Draft begun"), t("29 сентября", "29 September"), "done"),
            (t("Заполнение и отправка", "Write and send"), t("до 15 октября, 18:00", "until 15 October, 18:00"), "now"),
            (t("Проверка документов", "Check of documents"), t("до 20 октября", "until 20 October"), ""),
            (t("Решение и разбор", "Decision and feedback"), t("12 ноября", "12 November"), ""),
        ],
    }


def lists() -> dict:
    return {
        "tasks": [
            {
                "url": "#",
                "title": t("Рассказать, что и зачем", "Say what and why"),
                "hint": t("Что изменится в городе через год", "What changes in a year"),
                "status": t("Готово", "Completed"),
            },
            {
                "url": "#",
                "title": t("Посчитать бюджет", "Work out the budget"),
                "hint": t("К двум строкам нужна смета", "Two lines need a quotation"),
                "status": t("В работе", "In progress"),
                "kind": "info",
            },
            {
                "title": t("Проверить и отправить", "Check and send"),
                "hint": t("Откроется, когда разделы выше готовы", "Opens when the sections above are done"),
                "status": t("Пока нельзя", "Cannot start yet"),
            },
        ],
        "queue": [
            {"url": "#", "title": t("Свет на лестнице", "Light on the stairs"), "words": "ЖД-26-003 · 78,0", "dot": "full"},
            {
                "url": "#",
                "title": t("Остановка «Музыка»", "Music Stop"),
                "words": t("ЖД-26-014 · 3 из 5 критериев", "ЖД-26-014 · 3 of 5 criteria"),
                "dot": "half",
                "is_current": True,
            },
            {
                "url": "#",
                "title": t("Двор с качелями", "Yard with swings"),
                "words": t("ЖД-26-021 · не начата", "ЖД-26-021 · not begun"),
                "dot": "",
            },
            {
                "url": "#",
                "title": t("Велодвор", "Bicycle yard"),
                "words": t("ЖД-26-025 · самоотвод", "ЖД-26-025 · recused"),
                "dot": "no",
            },
        ],
        "fact_rows": [
            (t("Грант", "Grant"), t("до 450 000 ₽", "up to ₽450,000")),
            (t("Кто подаёт", "Who can apply"), t("Жители от 14 лет", "Residents aged 14+")),
        ],
        "budget": [
            {
                "n": 1,
                "item": t("Навес и настил, работы", "Canopy and deck, works"),
                "count": 1,
                "price": Decimal(164000),
                "sum": Decimal(164000),
                "proof": (t("Смета есть", "Quotation here"), "ok"),
            },
            {
                "n": 2,
                "item": t("Звуковой модуль и кнопка", "Sound module and button"),
                "count": 2,
                "price": Decimal(58900),
                "sum": Decimal(117800),
                "proof": (t("Нужна смета", "Quotation needed"), "warn"),
            },
        ],
        "shifts": both(SHIFTS),
        "page": Paginator(range(600), 30).page(7),
    }


def figures() -> dict:
    parts = [charts.Part(t(ru, en), Decimal(gave), Decimal(most)) for ru, en, gave, most in CRITERIA]
    seasons = [t(ru, en) for ru, en in SEASONS]
    asked, funded = [12, 19, 17, 24, 31], [4, 6, 7, 8, 9]
    label = t("Заявки и поддержанные проекты по сезонам", "Applications and funded projects by season")
    series = [(t("Подано", "Submitted"), asked), (t("Поддержано", "Funded"), funded)]
    return {
        "grants_chart": charts.bars([(t(ru, en), value, t(a, b)) for ru, en, value, a, b in GRANTS]),
        "grants_rows": [(t(ru, en), t(a, b)) for ru, en, _value, a, b in GRANTS],
        "grants_head": [t("Направление", "Direction"), t("Сумма", "Sum")],
        "season_head": [t("Сезон", "Season"), t("Подано", "Submitted"), t("Поддержано", "Funded")],
        "season_chart": charts.lines(seasons, series, label),
        "season_rows": list(zip(seasons, asked, funded, strict=True)),
        "parts": parts,
        "passing": Decimal("72.67"),
        "ranking": [(i, t(ru, en), Decimal(mean), marks) for i, (ru, en, mean, marks) in enumerate(RANKING, 1)],
        "whole": Decimal(450000),
        "part": Decimal(412300),
    }


class Sample(Form):
    """A form with every kind of field, two of them answered wrongly."""

    title = forms.CharField(max_length=80)
    amount = forms.DecimalField()
    who = forms.ChoiceField(widget=forms.RadioSelect)
    about = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            "title": (
                t("Название проекта", "Name of the project"),
                t(
                    "До 80 знаков. Так его увидят в списке проектов.",
                    "Up to 80 characters. The list of projects shows it like this.",
                ),
            ),
            "amount": (t("Сколько нужно из гранта, ₽", "How much you need from the grant, ₽"), ""),
            "who": (t("Кто подаёт заявку", "Who applies"), ""),
            "about": (t("О проекте", "About the project"), t("До 1500 знаков", "Up to 1,500 characters")),
            "agree": (t("Присылайте новости фонда", "Send me the fund's news"), ""),
        }
        for name, (label, hint) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        self.fields["who"].choices = [
            ("w", t("Житель или группа жителей", "A resident or a group")),
            ("o", t("Организация", "An organisation")),
        ]
        self.fields["amount"].error_messages["invalid"] = t(
            "Впишите сумму цифрами, например 412 300", "Enter the amount in digits, for example 412,300"
        )
        self.fields["who"].error_messages["required"] = t("Выберите, кто подаёт заявку", "Choose who applies")
        self.fields["amount"].widget = forms.TextInput(attrs={"class": "w-sum", "inputmode": "decimal"})


def faulty_form() -> Sample:
    return Sample({"title": t("Остановка «Музыка»", "Music Stop"), "amount": t("четыреста тысяч", "four hundred thousand")})


def shell(name: str, now) -> dict:
    if name == "letter":
        return {
            "subject": t("Проект «Остановка „Музыка“» поддержан", "Music Stop is funded"),
            "action_url": "https://example.org/d/7Q2K",
            "action_label": t("Прочитать и подписать", "Read and sign"),
            "rows": [
                (t("Заявка", "Application"), "ЖД-26-014"),
                (t("Куратор", "Curator"), t("Марина Соколова", "Marina Sokolova")),
            ],
            "why": t("Вы получили письмо как автор заявки.", "You get this letter as the author of the application."),
        }
    if name == "busy":
        times = {"pressed": now, "until": now + timedelta(minutes=1)}
        return {"may_resend": True, "sealed": "once", "files": [("papers", ["смета.pdf"])], **times}
    return everything(now) if name == "panes" else {"now": now}
