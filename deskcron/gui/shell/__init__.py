"""The main window around the pages: navigation, state at the foot, messages, errors."""
