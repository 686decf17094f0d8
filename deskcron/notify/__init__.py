"""Notifier back ends behind one port."""
