"""Question sets for tests, small and whole."""

from fund.questions.schema import Question, QuestionSet, Section


def ask(key: str = "name", type: str = "short_text", **facts) -> Question:
    """One question; a choice comes with the choices "yes" and "no"."""
    if type in ("choice", "several"):
        facts.setdefault("choices", [{"key": "yes", "label": "Да"}, {"key": "no", "label": "Нет"}])
    if type == "table":
        facts.setdefault(
            "columns", [{"key": "step", "label": "Шаг"}, {"key": "days", "label": "Дней", "type": "number", "required": False}]
        )
    return Question.model_validate({"key": key, "type": type, "label": {"ru": "Вопрос", "en": "Question"}, **facts})


def make_section(*questions: Question, key: str = "about") -> Section:
    return Section(key=key, title={"ru": "О проекте", "en": "About"}, questions=questions or (ask(),))


def make_set(*sections: Section) -> QuestionSet:
    return QuestionSet(sections=sections or (make_section(),))
