"""Pictures: never stored as they came. Capped before decoding, turned upright, stripped of what the camera noted, drawn anew."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .unfit import Unfit

MOST_PIXELS = {
    "JPEG": 80_000_000,
    "PNG": 25_000_000,
    "WEBP": 25_000_000,
}  # a JPEG can be decoded at a fraction of its size
LONGEST_SIDE = 4000
QUALITY = 88
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L"), "WEBP": ("RGB", "RGBA")}


def check_picture(content: bytes, extension: str) -> bytes:
    """The picture drawn anew in its own format: pixels and nothing else."""
    name = FORMATS[extension]
    picture = open_picture(content, (name,))
    out = BytesIO()
    picture.save(out, name, **({"quality": QUALITY} if name != "PNG" else {"optimize": False}))
    return out.getvalue()


def open_picture(content: bytes, formats: tuple[str, ...] = ("JPEG", "PNG", "WEBP"), longest: int = LONGEST_SIDE) -> Image.Image:
    """Decodes a picture within its limits, upright, without metadata, its longer side at most `longest`."""
    try:
        with Image.open(BytesIO(content), formats=formats) as picture:
            name = picture.format or formats[0]
            if picture.width * picture.height > MOST_PIXELS[name]:
                raise Unfit(_("it has too many pixels"), "bomb")
            picture.draft("RGB", (longest, longest))  # JPEG only: decodes at 1/2, 1/4, 1/8 where that suffices
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((longest, longest))
            drawn = turned.convert(_mode(turned, name))
    except Unfit:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:  # Pillow's own, later limit
        raise Unfit(_("it has too many pixels"), "bomb") from error
    except Exception as error:  # a decoder fed with arbitrary bytes raises whatever it likes
        raise Unfit(_("it is not a picture that can be read")) from error
    drawn.info = {}
    return drawn


def _mode(picture: Image.Image, name: str) -> str:
    has_alpha = picture.has_transparency_data
    wanted = "RGBA" if has_alpha else "L" if picture.mode in ("1", "L") else "RGB"
    return wanted if wanted in MODES[name] else "RGB"


def rendition(content: bytes, width: int) -> tuple[bytes, int, int]:
    """A WebP of at most this width, with its width and height."""
    picture = open_picture(content)
    if picture.width > width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "WEBP", quality=80, method=4)
    return out.getvalue(), picture.width, picture.height
