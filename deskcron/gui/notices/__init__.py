"""Banners in the process of the window: beside its icon, and back into it."""
