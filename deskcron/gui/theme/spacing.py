"""The one scale of distances, in pixels of the desktop before scaling."""

from __future__ import annotations

GAP_S = 4
"""Between parts of one thing: an icon and its word."""
GAP = 8
"""Between things of one group: the fields of a form."""
GAP_L = 16
"""Between groups, and around the contents of a page."""
GAP_XL = 24
"""Around what stands alone: an empty state, the head of a dialog."""

ROW = 32
"""The height of a row with one line; icons in it have the size `ICON`."""

ICON = 16
ICON_L = 20
"""In the navigation and beside a heading."""
ICON_XL = 48
"""The picture of an empty state."""

CORNER = 6
"""The radius of corners."""
