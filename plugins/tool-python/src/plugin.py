"""Runs a Python program that nobody trusts, and tells what came of it: the tool's export.

How a program is run stands in `running.py`, what it finds around itself in `surroundings.py` and
`modules.py`, how its end is told in `telling.py`.
"""

import gc

import modules
import surroundings
from pentimento import answers, failure
from running import MOST_STEPS, USUAL_STEPS, Task, run
from telling import as_json
from wit_world import exports

# Bytes of code: a long file. More is data, which belongs into `stdin`.
MOST_CODE = 256 << 10

UNTOLD = failure("failed", "the program left an interpreter behind that cannot tell what came of it")

KNOWN = {"code", "then", "stdin", "steps"}


class Performing(exports.Performing):
    @answers
    def perform(self, arguments, inputs):
        wanted = task(arguments, inputs)
        modules.shut()
        surroundings.shut()
        try:
            return as_json(run(wanted))
        except BaseException:
            # It meddled with the interpreter itself.
            raise UNTOLD from None


def task(arguments, inputs):
    """What is to be run, or a failure that names what is wrong with it."""
    if inputs:
        raise failure("bad-argument", "this tool takes no artifacts; the program is `code`")
    given = {}
    for argument in arguments:
        if argument.name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise failure("bad-argument", f"`{argument.name[:64]}` is none of {known}")
        if argument.name in given:
            raise failure("bad-argument", f"`{argument.name}` is given twice")
        given[argument.name] = argument.value
    if "code" not in given:
        raise failure("bad-argument", "`code` is missing: the program to run")
    for name in ("code", "then"):
        if len(given.get(name, "").encode()) > MOST_CODE:
            raise failure("bad-argument", f"`{name}` is longer than {MOST_CODE >> 10} KiB")
    then, stdin = given.get("then"), given.get("stdin", "")
    return Task(given["code"], then, stdin, steps(given.get("steps", str(USUAL_STEPS))))


def steps(word):
    """How many steps the program may take."""
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= MOST_STEPS):
        range_ = f"a number from 1 to {MOST_STEPS}"
        raise failure("bad-argument", f"`steps` must be {range_}, not `{word[:64]}`")
    return int(word)


# What is there when the component is made is frozen: no call looks through it for garbage.
gc.collect()
gc.freeze()
