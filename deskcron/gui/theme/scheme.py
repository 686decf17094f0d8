"""The colours of the light and the dark appearance, by what they are for."""

from __future__ import annotations

from typing import NamedTuple


class Scheme(NamedTuple):
    """The colours of one appearance, by what they are for."""

    window: str
    field: str
    stripe: str
    button: str
    text: str
    soft_text: str
    disabled_text: str
    hairline: str
    edge: str
    accent: str
    on_accent: str
    selection: str
    tip: str
    good: str
    warn: str
    bad: str
    inverse: str
    on_inverse: str
    inverse_accent: str
    check: str  # the drawing in a check box, which a style sheet cannot tint


LIGHT = Scheme(
    window="#f5f6f8",
    field="#ffffff",
    stripe="#f8f9fb",
    button="#ffffff",
    text="#1b222d",
    soft_text="#566171",
    disabled_text="#9aa3af",
    hairline="#e1e5ea",
    edge="#c6cdd6",
    accent="#3a5bd0",
    on_accent="#ffffff",
    selection="#dbe4fc",
    tip="#ffffff",
    good="#1c7440",
    warn="#8d5700",
    bad="#b8282e",
    inverse="#2a303a",
    on_inverse="#f2f4f7",
    inverse_accent="#9fb5ff",
    check="field-check-light.svg",
)
DARK = Scheme(
    window="#1b1e24",
    field="#22262d",
    stripe="#262a32",
    button="#2c313a",
    text="#e8ebf0",
    soft_text="#a5afbd",
    disabled_text="#69727f",
    hairline="#323842",
    edge="#454d59",
    accent="#8fa9ff",
    on_accent="#10162a",
    selection="#2b3a63",
    tip="#2c313a",
    good="#63cf8c",
    warn="#ecb355",
    bad="#ff8d8a",
    inverse="#e6e9ee",
    on_inverse="#1b222d",
    inverse_accent="#3150c4",
    check="field-check-dark.svg",
)
