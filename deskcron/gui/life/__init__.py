"""The life of the window's process: start, one instance, the engine in it, its end."""
