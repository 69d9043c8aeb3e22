"""What the addresses of this room are asked about: a file, a picture and a paper of something the applicant alone sees."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fund.documents.actions import attach, draw_paper, issue_paper, show_picture
from tests.factories.papers import SAMPLE, sample_texts


def world(world) -> None:
    applicant, notice, now = world.cast.applicant, world.things["notice"], timezone.now()
    drawn = BytesIO()
    Image.new("RGB", (40, 20)).save(drawn, "PNG")
    file = attach(SimpleUploadedFile("a.png", drawn.getvalue()), to=notice, by=applicant, now=now)
    picture = show_picture(SimpleUploadedFile("a.png", drawn.getvalue()), of=notice, by=applicant, now=now, alt_ru="x")
    paper = issue_paper(SAMPLE, about=notice, texts=sample_texts(), by=applicant, now=now)
    draw_paper(paper, now=now)
    world.kwargs |= {
        "documents:download": {"uid": file.uid},
        "documents:picture": {"uid": picture.uid, "width": picture.renditions[-1][0]},
        "documents:paper": {"uid": paper.uid, "language": "ru"},
        "papers:read": {"uid": paper.uid},
        "papers:check": {"code": paper.written_code},
    }
