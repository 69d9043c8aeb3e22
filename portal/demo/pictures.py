"""Pictures drawn by code: sketches that applicants attach, each from its own seed."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from fund.core.covers import PALETTES, Dice

TILE, COLUMNS, ROWS = 80, 10, 7


def sketch(seed: str, theme: str) -> SimpleUploadedFile:
    """A board of tiles as a PNG."""
    ground, *colours = PALETTES.get(theme, PALETTES["city"])
    picture = Image.new("RGB", (TILE * COLUMNS, TILE * ROWS), ground)
    pencil, dice = ImageDraw.Draw(picture), Dice(f"{seed} sketch")
    for row in range(ROWS):
        for column in range(COLUMNS):
            _tile(pencil, dice, column * TILE, row * TILE, colours, ground)
    written = BytesIO()
    picture.save(written, "PNG")
    return SimpleUploadedFile("эскиз.png", written.getvalue(), "image/png")


def _tile(pencil: ImageDraw.ImageDraw, dice: Dice, x: int, y: int, colours: list[str], ground: str) -> None:
    fill, end = colours[dice.throw(len(colours))], TILE - 1
    match dice.throw(6):
        case 0:
            pencil.rectangle((x, y, x + end, y + end), fill=fill)
        case 1:
            pencil.ellipse((x + 12, y + 12, x + end - 12, y + end - 12), fill=fill)
            pencil.ellipse((x + 30, y + 30, x + end - 30, y + end - 30), fill=ground)
        case 2:
            pencil.pieslice((x - end, y - end, x + end, y + end), 0, 90, fill=fill)
        case 3:
            for step in range(3):
                pencil.rectangle((x + 8 + step * 26, y, x + 20 + step * 26, y + end), fill=fill)
