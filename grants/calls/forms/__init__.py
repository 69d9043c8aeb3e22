"""Input about calls: a regulation file, dates, amendments, questions and answers; the editor's pages."""

from .editor import BeginForm, PageForm
from .officer import (
    DATES,
    LATER,
    AmendForm,
    AnswerForm,
    AskForm,
    CancelForm,
    ImportForm,
    RescheduleForm,
    UploadForm,
)

__all__ = [
    "DATES",
    "LATER",
    "AmendForm",
    "AnswerForm",
    "AskForm",
    "BeginForm",
    "CancelForm",
    "ImportForm",
    "PageForm",
    "RescheduleForm",
    "UploadForm",
]
