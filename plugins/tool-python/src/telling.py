"""Tells the end of a program as JSON, whatever the program did to the library meanwhile.

The answer's length is bounded, and it has nothing but ASCII, so that the host hands on every
character of it.
"""

import atexit
import linecache
import traceback

from _json import encode_basestring_ascii as quoted
from running import CODE, THEN, counted

# Bytes of each text in the answer, as JSON; the host takes 64 KiB altogether.
MOST = {
    "stdout": 34 << 10,
    "stderr": 6 << 10,
    "value": 6 << 10,
    "text": 3 << 10,
    "traceback": 8 << 10,
}
MOST_OF_OTHERS = 1 << 10

# Steps after the program's end, for what it brought along: `__repr__` of its value, `__str__` of its
# exception, what it registered with `atexit`. A traceback takes the library some 200 a frame.
STEPS_AFTERWARDS = 1_000_000

# Where componentize-py finds the sources of this plugin.
OURS = __file__.rpartition("/")[0] + "/"


class Answer:
    """An object of JSON in the making, and the names of the texts that were cut."""

    def __init__(self, cut):
        self.parts, self.cut = [], cut

    def add(self, key, json):
        self.parts.append(f"{quoted(key)}:{json}")

    def text(self, key, text, whole=True):
        """A text, or null. Too long a one loses its end; a traceback, which ends with the
        exception, its beginning."""
        if text is None:
            return self.add(key, "null")
        text = str.encode(text, "utf-8", "replace").decode()
        most, json = MOST.get(key, MOST_OF_OTHERS), quoted(text)
        while len(json) > most:
            whole, kept = False, len(text) * (most - 2) // len(json)
            text = text[-kept:] if key == "traceback" else text[:kept]
            json = quoted(text)
        if not whole:
            self.cut.append(key)
        return self.add(key, json)

    def number(self, key, number):
        self.add(key, "null" if number is None else int.__repr__(number))

    def __str__(self):
        return "{" + ",".join(self.parts) + "}"


def as_json(run):
    """What came of a run, in one line; its keys are always in the same order."""
    error, limit = run.error, run.limit
    steps = run.steps.begin(STEPS_AFTERWARDS)
    tried(atexit._run_exitfuncs)
    exits = limit is None and issubclass(type(error), SystemExit)
    value = None if run.value is None else in_words(repr, run.value)
    text = None if run.value is None else words(str, run.value)[0]
    status = exit_status(error, run) if exits else None
    cut = []
    raised = None if error is None or exits else told(error, cut)
    answer = Answer(cut)
    fine = "ok" if error is None else "error"
    answer.text("outcome", "stopped" if limit else "exit" if exits else fine)
    answer.text("value", value)
    answer.text("text", text)
    answer.add("error", "null" if raised is None else str(raised))
    answer.text("limit", limit)
    answer.number("status", status)
    for output in (run.stdout, run.stderr):
        output.close()
        answer.text(output.end.name, output.end.text(), output.end.is_whole)
    answer.add("cut", "[" + ",".join(map(quoted, cut)) + "]")
    answer.number("steps", steps)
    return str(answer)


def tried(function, *arguments):
    """What a function that may be the program's makes; none if it breaks or takes too long."""
    try:
        return counted(function, *arguments)
    except BaseException:
        return None


def in_words(function, thing):
    """What `str` or `repr` makes of a thing, or why they make nothing of it."""
    told, why = words(function, thing)
    return f"<unprintable {name_of(thing)} object{why}>" if told is None else told


def words(function, thing):
    """What `str` or `repr` makes of a thing; else none, and the reason."""
    try:
        told = counted(function, thing)
        return (told, "") if type(told) is str else (None, ": no text")
    except BaseException as error:
        reason = tried(str, error)
        return None, f": {name_of(error)}: {reason if type(reason) is str else ''}".rstrip(": ")


def name_of(thing):
    return type.__dict__["__name__"].__get__(type(thing))


def exit_status(error, run):
    """As the interpreter ends: nothing is success, a number is itself, and a word is a complaint."""
    code = SystemExit.code.__get__(error)
    if code is None:
        return 0
    if issubclass(type(code), int):
        return int.__add__(code, 0)
    tried(run.stderr.file.write, in_words(str, code) + "\n")
    return 1


def told(error, cut):
    """An exception: its type and message, the program's line, and the traceback."""
    # Asked of the types themselves: what a program's exception says of itself may be anything.
    trace = BaseException.__traceback__.__get__(error)
    while trace is not None and not is_programs(trace):
        trace = trace.tb_next
    file, line = place(trace)
    message = in_words(str, error)
    if issubclass(type(error), SyntaxError):
        msg, there, number = (
            getattr(SyntaxError, name).__get__(error) for name in ("msg", "filename", "lineno")
        )
        message = msg if type(msg) is str else message
        if file is None and type(there) is str and type(number) is int:
            file, line = there, number
    source = None if line is None else linecache.getline(file, line).strip()
    answer = Answer(cut)
    answer.text("type", name_of(error))
    answer.text("message", message)
    answer.text("file", file)
    answer.number("line", line)
    answer.text("source", source or None)
    answer.text("traceback", tried(formatted, error, trace))
    return answer


def is_programs(trace):
    return trace.tb_frame.f_code.co_filename in (CODE, THEN)


def place(trace):
    """The innermost of the program's own lines."""
    file = line = None
    while trace is not None:
        if is_programs(trace) and trace.tb_lineno:
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return file, line


def formatted(error, trace):
    """The traceback as Python prints it, without our own frames."""
    whole = traceback.TracebackException(type(error), error, trace)
    left = [whole]
    while left:
        one = left.pop()
        if one is not None:
            ours = [frame for frame in one.stack if frame.filename.startswith(OURS)]
            for frame in ours:
                one.stack.remove(frame)
            left += [one.__cause__, one.__context__, *(one.exceptions or ())]
    return "".join(whole.format()).rstrip()
