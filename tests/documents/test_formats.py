"""The allow-list against honest and malicious files: what passes is what it says, within its limits, without its secrets."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from fund.documents.formats import USUAL, Unfit, check, clean_name
from fund.documents.formats.office import MOST_ENTRIES
from tests.documents.conftest import PDF, docx, picture

ALL = (*USUAL, "webp", "odt")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(side: int = 13_000) -> bytes:
    """A small PNG that claims and holds side × side black pixels: 169 megapixels in some 20 KiB."""
    rows = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    data = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Unfit) as caught:
        check(name, content, allowed=ALL)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("план.pdf", PDF, "application/pdf"),
        ("смета.DOCX", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("фото.jpeg", picture("JPEG"), "image/jpeg"),
        ("фото.jpg", picture("JPEG"), "image/jpeg"),
        ("лого.png", picture("PNG", mode="RGBA"), "image/png"),
        ("лого.webp", picture("WEBP"), "image/webp"),
    ],
)
def test_check_takes_honest_files(name, content, media_type):
    checked = check(name, content, allowed=ALL)

    assert (checked.name, checked.media_type) == (name, media_type)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.exe", b"MZ\x90\0"),
        ("a.zip", docx()),
        ("pdf", PDF),
        (".pdf", PDF),
        ("a.pdf.html", PDF),
        ("", PDF),
    ],
)
def test_check_refuses_kinds_that_are_not_listed(name, content):
    assert refused(name, content) == "kind"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.odt", "a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize(
    "content", [b"<html><script>", b"<svg/>", b"MZ\x90\0", b"GIF89a", b"\0" * 100, b"PK\x03\x04" + b"\0" * 50]
)
def test_check_refuses_contents_that_belie_the_ending(name, content):
    assert refused(name, content) == "unfit"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", picture("PNG")),
        ("a.png", picture("JPEG")),
        ("a.xlsx", docx()),
        ("a.odt", docx()),
        ("a.docx", docx(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("a.docx", docx(("word/vbaProject.bin", b"x"))),
        ("a.docx", docx(("../../etc/passwd", b"x"))),
        ("a.docx", docx(("/etc/passwd", b"x"))),
        ("a.docx", docx()[:-30]),
        ("a.docx", b"GIF89a" + docx()),
        ("a.pdf", PDF + docx()),
        ("a.pdf", b"\n" * 10 + PDF),
        ("a.pdf", PDF[:-10]),
        ("a.png", picture("PNG")[:-40]),
        ("a.jpg", picture("JPEG", size=(400, 400))[:400]),
    ],
)
def test_check_refuses_polyglots_damage_and_macros(name, content):
    assert refused(name, content) == "unfit"


def test_check_refuses_a_picture_bomb_before_decoding_it():
    bomb = png_bomb()

    assert len(bomb) < 40_000
    assert refused("a.png", bomb) == "bomb"


def test_check_refuses_an_archive_bomb():
    assert refused("a.docx", docx(("word/media/zeros.bin", b"\0" * 50_000_000))) == "bomb"
    assert refused("a.docx", docx(*[(f"word/{n}.xml", b"") for n in range(MOST_ENTRIES)])) == "bomb"


def test_check_refuses_entries_that_share_their_bytes():
    """The small bombs of one kernel and many names: every entry of the directory points at the same packed bytes."""
    content = bytearray(docx(("word/a.xml", b"a" * 5000), ("word/b.xml", b"b" * 5000)))
    at = content.rfind(b"PK\x01\x02")
    previous = content.rfind(b"PK\x01\x02", 0, at)
    content[at + 42 : at + 46] = content[previous + 42 : previous + 46]

    assert refused("a.docx", bytes(content)) == "bomb"


def test_check_refuses_an_archive_with_a_password():
    content = bytearray(docx())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refused("a.docx", bytes(content)) == "unfit"


def test_check_refuses_what_is_too_large_or_empty():
    with pytest.raises(Unfit) as large:
        check("a.pdf", PDF, largest=10)

    assert large.value.code == "size"
    assert refused("a.pdf", b"") == "empty"


def test_check_strips_what_the_camera_noted_and_turns_the_picture():
    exif = Image.Exif()
    exif[0x0112] = 6  # lying on its side
    exif[0x010F] = "Camera of a tester"
    exif.get_ifd(0x8825)[2] = (54.0, 35.0, 0.0)  # GPS latitude
    content = picture("JPEG", size=(40, 20), exif=exif, comment=b"made at home")
    assert b"Camera of a tester" in content

    checked = check("a.jpg", content)

    with Image.open(BytesIO(checked.content)) as stored:
        assert stored.size == (20, 40)
        assert dict(stored.getexif()) == {}
        assert "comment" not in stored.info
    assert b"Camera" not in checked.content


def test_check_strips_texts_and_scripts_appended_to_a_picture():
    content = picture("PNG") + b"<script>alert(1)</script>" + docx()

    checked = check("a.png", content)

    assert b"script" not in checked.content
    assert b"PK\x03\x04" not in checked.content


def test_check_shrinks_a_photograph_of_many_pixels():
    checked = check("a.jpg", picture("JPEG", size=(8000, 6000)))

    with Image.open(BytesIO(checked.content)) as stored:
        assert max(stored.size) <= 4000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\смета.pdf", "смета.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("  a   b .pdf ", "a b.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_clean_name_keeps_the_last_part_readable(typed, kept):
    assert clean_name(typed) == kept


def test_unfit_says_which_file_and_what_would_do():
    with pytest.raises(Unfit) as caught:
        check("смета.zip", b"x", allowed=("pdf", "docx"))

    assert "смета.zip" in str(caught.value)
    assert "PDF" in str(caught.value)


def test_archive_of_an_honest_spreadsheet_passes():
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "".join(f"<c><v>{n * 7919}</v></c>" for n in range(60_000)))

    assert check("a.xlsx", out.getvalue()).size == len(out.getvalue())
