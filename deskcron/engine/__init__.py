"""The engine: clock, dispatcher, runner, recovery, and the facade over them."""
