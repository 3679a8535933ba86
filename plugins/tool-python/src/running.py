"""Runs one program to its end, or stops it, and keeps what it left.

What it may import is decided in `modules.py`, what it finds instead of a machine in
`surroundings.py`; how its end is told is left to `telling.py`.
"""

import ast
import linecache
import sys
import traceback
import types
from collections import namedtuple

from namespace import main_module
from streams import Output, input_from

# Steps a program may take if nobody says otherwise, and at most. A step is one turn of a loop or one
# call of a function; of a call of a built-in function more, because nobody counts what it does. So the
# usual number is a quarter of a second of the shortest, and less than a second of turns that make texts
# and lists: even a machine with much to do stops them within the five seconds that a call has.
USUAL_STEPS, MOST_STEPS = 1_500_000, 10_000_000
BUILT_IN = 2

# Built-in functions that go through all they are given, and how many things a step is then.
LONG = dict.fromkeys(
    (sum, max, min, any, all, list, tuple, set, frozenset, bytes, bytearray, enumerate, zip), 8
) | {sorted: 2}
SIZED = frozenset(
    map(type, ([], (), {}, {1}, frozenset(), "", b"", bytearray(), {}.keys(), {}.values(), {}.items()))
)

# Bytes set aside, so that the end can be told when there is no memory left.
RESERVE = 128 << 10

CODE, THEN = "program.py", "then.py"

# Taken away, so that no program stops the counting.
MONITOR = vars(sys).pop("monitoring")
TOOL = MONITOR.DEBUGGER_ID
# Of all code that is there or is made while the program runs: the library's loops are work as well, and
# what `exec` runs is the program's. Of the program's own code, calls of built-in functions too.
ANYWHERE = MONITOR.events.JUMP | MONITOR.events.PY_START
OWN = ANYWHERE | MONITOR.events.CALL

# Ready when the component is made, and untouched when a call begins.
MAIN, OUTPUTS = main_module(), (Output("stdout"), Output("stderr"))

Task = namedtuple("Task", "code then stdin steps")


class StepLimit(BaseException):
    """The program took more steps than it may."""

    __module__ = "builtins"


class Run:
    """A program at work, and what is left of it."""

    def __init__(self, task):
        self.task = task
        self.stdout, self.stderr = OUTPUTS
        self.steps = Steps(task.steps)
        self.value, self.error = None, None

    @property
    def limit(self):
        """The limit the program ran into, whatever it made of that; none if it kept to all."""
        if self.steps.are_out():
            return "steps"
        if self.stdout.flooded or self.stderr.flooded:
            return "output"
        return "memory" if isinstance(self.error, MemoryError) else None


class Steps:
    """Counts the steps of the code it watches, and raises `StepLimit` with every one too many."""

    def __init__(self, most):
        # A closure is the quickest function there is, and it is called with every step.
        left = most

        def count(code, offset, to=None):
            nonlocal left
            left -= 1
            if left < 0:
                raise StepLimit(f"the program took more than {most} steps")

        def call(code, offset, function, argument):
            nonlocal left
            kind = type(function)
            if kind is types.FunctionType or kind is types.MethodType:
                # Counted when it starts.
                return
            left -= BUILT_IN
            if kind is types.BuiltinFunctionType or kind is type:
                things = LONG.get(function)
                if things is not None:
                    left -= size(argument) // things
            if left < 0:
                raise StepLimit(f"the program took more than {most} steps")

        def begin(again):
            nonlocal left, most
            taken, most = min(most, most - left), again
            left = again
            return taken

        self.begin, self.are_out = begin, lambda: left < 0
        MONITOR.use_tool_id(TOOL, "steps")
        for event in (MONITOR.events.JUMP, MONITOR.events.PY_START):
            MONITOR.register_callback(TOOL, event, count)
        MONITOR.register_callback(TOOL, MONITOR.events.CALL, call)

    def watch(self, code):
        """Watches the calls of this code and of the functions that are in it."""
        MONITOR.set_local_events(TOOL, code, OWN)
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.watch(constant)
        return code


def size(thing):
    """How many things are in it, if that can be told without running anybody's code."""
    kind = type(thing)
    if kind is range:
        return max(0, (thing.stop - thing.start) // thing.step)
    return len(thing) if kind in SIZED else 0


def counted(function, *arguments):
    """Calls a function, and counts the steps of whatever code it comes to."""
    MONITOR.set_events(TOOL, ANYWHERE)
    try:
        return function(*arguments)
    finally:
        MONITOR.set_events(TOOL, 0)


def run(task):
    """Runs a program. Nothing it does is an error of ours."""
    run = Run(task)
    sys.stdin = input_from(task.stdin)
    sys.stdout, sys.stderr = run.stdout.file, run.stderr.file
    sys.modules["__main__"] = MAIN
    reserve = bytearray(RESERVE)
    try:
        run.value = evaluate(run, vars(MAIN))
    except BaseException as error:
        del reserve
        run.error = error
        if isinstance(error, MemoryError):
            # Lets go of what the program filled the memory with.
            traceback.clear_frames(error.__traceback__)
            vars(MAIN).clear()
    return run


def evaluate(run, names):
    """The value of the last line that was run, if that is an expression."""
    value = execute(run.task.code, CODE, names, run.steps)
    return value if run.task.then is None else execute(run.task.then, THEN, names, run.steps)


def execute(code, name, names, steps):
    lines = code.splitlines(keepends=True)
    linecache.cache[name] = (len(code), None, lines, name)
    tree = ast.parse(code, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    counted(exec, steps.watch(compile(tree, name, "exec", dont_inherit=True)), names)
    if last is None:
        return None
    last = compile(ast.Expression(last.value), name, "eval", dont_inherit=True)
    return counted(eval, steps.watch(last), names)
