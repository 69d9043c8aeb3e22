"""Joins the style files into one sheet: a folder is a layer, layers stand in their order of power, fonts come first."""

import re
from pathlib import Path

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
DARK = ':root[data-theme="dark"]'
# Whoever chose nothing follows the system; a choice (the cookie, printed on <html>) beats it. No script, so no flash.
SYSTEM_DARK = '@media (prefers-color-scheme:dark){:root:not([data-theme="light"])%s}'


def join(folder: Path) -> str:
    """The whole sheet, without comments and spare white space."""
    parts = [f"@layer {','.join(LAYERS)};", _tight((folder / "fonts.css").read_text(encoding="utf-8"))]
    for layer in LAYERS:
        files = sorted((folder / layer).glob("*.css"))
        rules = "".join(_with_dark(_tight(file.read_text(encoding="utf-8"))) for file in files)
        parts.append(f"@layer {layer}{{{rules}}}")
    # The component files lie one folder deeper than the joined sheet.
    return "\n".join(parts).replace('url("../', 'url("') + "\n"


def _tight(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};]) ?", r"\1", text)
    return re.sub(r"([,:]) ", r"\1", text).replace(";}", "}").strip()


def _with_dark(rules: str) -> str:
    if not rules.startswith(DARK):
        return rules
    return rules + SYSTEM_DARK % rules.removeprefix(DARK)
