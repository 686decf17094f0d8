"""The icon in the panel: what is going on at a glance, and the way to everything."""
