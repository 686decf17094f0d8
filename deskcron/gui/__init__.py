"""The window and tray; the only importer of Qt."""
