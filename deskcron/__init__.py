"""deskcron: reminders and jobs on a schedule, with an answer to "why did it (not) run?"."""

__version__ = "0.1.0"
