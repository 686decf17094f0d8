"""Make the colours a program chose readable on the paper they are shown on."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

from deskcron.gui.output.style import Colour, Rgb

READABLE = 4.5
"""The contrast that text needs, after WCAG 2."""
_STEPS = 20
_ON_LIGHT = (
    "000000 b3261e 1c7440 7a5c00 2f55c8 8b3aa8 00697a 5c6672 "
    "4a4f57 c8372d 2a8a50 946c00 3a66e0 a44bc2 007f94 7b8591"
)
_ON_DARK = (
    "5c6470 ff8d8a 63cf8c ecb355 8fa9ff d7a0f0 5fd0dc c8ced6 "
    "8a93a0 ffaaa6 86e0a8 f6cb80 adc0ff e6bffa 8be2ea ffffff"
)


def on_paper(colour: Colour, paper: Rgb) -> Rgb:
    """Return what a program means by a colour, on light or on dark paper."""
    if isinstance(colour, Rgb):
        return colour
    return _sixteen(_ON_DARK if luminance(paper) < 0.2 else _ON_LIGHT)[colour]


def readable(colour: Rgb, background: Rgb) -> Rgb:
    """Return the colour, made lighter or darker until it can be read on the background."""
    if contrast(colour, background) >= READABLE:
        return colour
    goal = 1.0 if luminance(background) < 0.18 else 0.0
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    for step in range(1, _STEPS + 1):
        moved = lightness + (goal - lightness) * step / _STEPS
        parts = colorsys.hls_to_rgb(hue, moved, saturation)
        candidate = Rgb(*(round(part * 255) for part in parts))
        if contrast(candidate, background) >= READABLE:
            return candidate
    return Rgb(*(round(goal * 255),) * 3)


def blended(colour: Rgb, background: Rgb, share: float) -> Rgb:
    """Return the colour with a share of the background in it."""
    mixed = (
        round(one * (1 - share) + other * share)
        for one, other in zip(colour, background, strict=True)
    )
    return Rgb(*mixed)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: Rgb) -> float:
    """Return how bright a colour appears, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _sixteen(table: str) -> Sequence[Rgb]:
    return [Rgb(*bytes.fromhex(colour)) for colour in table.split()]
