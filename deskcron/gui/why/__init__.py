"""The answer to: why did it (not) run?"""
