"""Uploads for the tests of files: honest ones made by code, and a parent whose viewers a test decides."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fund.notices.actions import notify

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(name: str = "PNG", size=(40, 20), mode: str = "RGB", **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, (200, 60, 30, 128)[: len(mode)]).save(out, name, **options)
    return out.getvalue()


def docx(*extra: tuple[str, bytes], main: str = WORD) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>')
        archive.writestr("word/document.xml", "<w:document/>")
        for name, content in extra:
            archive.writestr(name, content)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def parent(applicant, now):
    """Something that the applicant alone may see: a notice of theirs."""
    return notify("notices.digest", applicant, to=applicant, now=now, facts={"items": [], "count": 0})[0]
