"""The cases that main.py writes, by name."""

CASES = {}


def case(function):
    """Adds a function without arguments, which returns what its file is to have: plain lists, numbers and texts."""
    CASES[function.__name__.replace("_", "-")] = function
    return function
