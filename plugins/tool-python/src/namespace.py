"""The module `__main__` of a program, and the built-in functions it gets.

They are the program's own: what it does to them does nothing to the library or to us.
"""

import builtins
import types

import modules
import surroundings


def leave(code=None):
    """What `exit` and `quit` do."""
    raise SystemExit(code)


def no_debugger(*_, **__):
    raise RuntimeError("this sandbox has no debugger")


def main_module():
    """A module with nothing in it but built-in functions."""
    built_in = types.ModuleType("builtins")
    vars(built_in).update(vars(builtins))
    built_in.__import__ = modules.importer({"builtins": built_in})
    built_in.exit = built_in.quit = leave
    built_in.breakpoint, built_in.open = no_debugger, surroundings.FILES
    main = types.ModuleType("__main__")
    main.__builtins__ = built_in
    main.__file__ = "program.py"
    return main
