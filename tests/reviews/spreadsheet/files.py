"""The file as an expert handles it: downloaded, filled in, shown to the site, taken over."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from grants.reviews.models import HandIn

FIRST = 5  # the first row of sheets: each has use, plan and what the author is told


def download(client, call):
    answer = client.get(reverse("reviews:download", args=[call.slug]))
    assert answer.status_code == 200
    return answer.content


def edited(content: bytes, *cells, change=None) -> bytes:
    """The file with these (cell, value) pairs written, as a spreadsheet program saves it."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    for cell, value in cells:
        page[cell] = value
    if change:
        change(page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def look(client, call, content: bytes, name="sheets.xlsx"):
    return client.post(reverse("reviews:upload", args=[call.slug]), {"file": SimpleUploadedFile(name, content)})


def take(client, call, looked, **more):
    filled = looked.context["confirm"]["filled"].value()
    return client.post(reverse("reviews:upload", args=[call.slug]), {"filled": filled, **more})


def upload(client, call, content: bytes):
    return take(client, call, look(client, call, content))


def reasons(answer) -> list[str]:
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)
    return [str(one) for one in answer.context["plan"].wrong]
