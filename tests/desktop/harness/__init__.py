"""A virtual desktop on a machine without a screen, to drive the real program as a person would.

X server, session bus, window manager, panel with a tray, a real notification service, a recorder
of what is notified, and the accessible tree of every window.
"""
