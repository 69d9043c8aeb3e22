"""What stands on every sheet: the fund's sign and name, number, check code and its square; drawn straight on the canvas."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from fund.core.bilingual import say

from .type import BRAND, INK, SOFT

AMBER = HexColor("#FFB81C")


def verify_address(paper: Any, *, with_code: bool = True) -> str:
    """Where anyone may ask whether the paper is genuine."""
    path = reverse("papers:check", args=[paper.written_code]) if with_code else reverse("papers:verify")
    return settings.SITE_URL + path


def sign(canvas: Any, x: float, y: float, size: float) -> None:
    """The fund's sign with its cut corner; `y` is its lower edge."""
    unit = size / 40
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(unit, -unit)
    shape = canvas.beginPath()
    shape.moveTo(10, 0)
    for point in ((40, 0), (40, 40), (0, 40), (0, 10)):
        shape.lineTo(*point)
    shape.close()
    canvas.setFillColor(BRAND)
    canvas.drawPath(shape, stroke=0, fill=1)
    canvas.setStrokeColor(AMBER)
    canvas.setLineWidth(5)
    canvas.circle(20, 21, 10.5, stroke=1, fill=0)
    canvas.setFillColor(AMBER)
    canvas.rect(20, 18.5, 20, 5, stroke=0, fill=1)
    canvas.setFillColor(BRAND)
    canvas.circle(20, 21, 3, stroke=0, fill=1)
    canvas.restoreState()


def whose(canvas: Any, x: float, y: float, language: str, size: float = 10 * mm) -> None:
    """The sign and the names beside it."""
    profile = settings.PROFILE
    sign(canvas, x, y, size)
    canvas.setFillColor(INK)
    canvas.setFont("PTSans-Bold", size * 0.4)
    canvas.drawString(x + size * 1.3, y + size * 0.58, say(profile.name, language))
    canvas.setFillColor(SOFT)
    canvas.setFont("PTSans", size * 0.3)
    canvas.drawString(x + size * 1.3, y + size * 0.13, f"{say(profile.fund, language)} · {say(profile.address, language)}")


def square(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """A QR square of the text, drawn from its modules."""
    code = QrCodeWidget(text, barLevel="M", barBorder=0)
    left, low, right, high = code.getBounds()
    drawing = Drawing(size, size, transform=[size / (right - left), 0, 0, size / (high - low), 0, 0])
    drawing.add(code)
    renderPDF.draw(drawing, canvas, x, y)
