"""A kind of paper for tests, seen by whoever sees its parent, and what such a paper says."""

from fund.documents.catalogue import KINDS, paper_kind
from fund.documents.contents import Contents, facts, heading, in_both, items, signatures, table, text

SAMPLE = "documents.sample"
if SAMPLE not in KINDS:
    paper_kind(SAMPLE, "ОБ", "Образец")


def sample_texts(words: str = "Совет решил поддержать проект.", rows: int = 3, closing: tuple = ()) -> dict:
    def write() -> Contents:
        lines = [[str(n), f"Остановка {n}", "412 300"] for n in range(1, rows + 1)]
        blocks = (
            heading("Решения"),
            facts([("Председатель", "Дмитрий Лебедев"), ("Пусто", "")]),
            text(words),
            items(["первое", "второе"]),
            table(["№", "Проект", "Дать, ₽"], lines, widths=[1, 6, 2], right=[2], total=["", "Итого", "1"]),
            *closing,
            signatures([("Секретарь", "Марина Соколова")]),
        )
        return Contents("Протокол образца", blocks, lead="Для проверки")

    return in_both(write)
