"""What a program finds where others find a machine: a clock and chance that are the same in every
call, and no files, no network, no environment, no other thread.

What is not replaced here would trap, and end the call without a word.
"""

import builtins
import io
import os
import random
import sys
import threading
import time
from calendar import timegm

import _io
import posix

# 2026-01-01 00:00:00 UTC, in nanoseconds since 1970. The real time would make verdicts differ from
# call to call; a time that stands still would hang programs that wait for it.
BEGIN = 1_767_225_600 * 10**9

# What every look at the clock takes.
TICK = 10**6

# Feeds all chance that no program feeds itself.
SEED = 20260101

# What a wait without end ends with.
ALONE = "this sandbox has one thread: what is waited for never comes"

# How deep functions may call one another, whatever the program asks for. Each level takes a piece of
# the sandbox's stack when its exception is let go of; beyond some 12,000 that would end the call.
DEEPEST = 10_000

# What `os` may go on doing: it needs no system.
OPEN = {"fspath", "strerror", "urandom", "waitstatus_to_exitcode"}


def refused(what):
    """A function that refuses whatever it is called with."""

    def refuse(*_, **__):
        raise PermissionError(f"this sandbox has no {what}")

    return refuse


class Clock:
    """Begins at the same moment in every call and goes on by a tick whenever it is looked at."""

    def __init__(self):
        self.passed = 0

    def nanoseconds(self):
        self.passed += TICK
        return self.passed

    def seconds(self):
        return self.nanoseconds() / 10**9

    def time(self):
        return self.time_ns() / 10**9

    def time_ns(self):
        return BEGIN + self.nanoseconds()

    def sleep(self, seconds):
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self.passed += int(seconds * 10**9)


def set_clock(clock):
    gmtime, asctime, strftime = time.gmtime, time.asctime, time.strftime

    def here(seconds=None):
        return gmtime(clock.time() if seconds is None else seconds)

    for name in ("monotonic", "perf_counter", "process_time", "thread_time"):
        setattr(time, name, clock.seconds)
        setattr(time, f"{name}_ns", clock.nanoseconds)
    for name in ("clock_gettime", "clock_gettime_ns", "clock_getres", "tzset"):
        if hasattr(time, name):
            delattr(time, name)
    vars(time).update(
        time=clock.time,
        time_ns=clock.time_ns,
        sleep=clock.sleep,
        gmtime=here,
        localtime=here,
        mktime=lambda moment: float(timegm(tuple(moment))),
        asctime=lambda moment=None: asctime(here() if moment is None else moment),
        ctime=lambda seconds=None: asctime(here(seconds)),
        strftime=lambda form, moment=None: strftime(form, here() if moment is None else moment),
        tzname=("UTC", "UTC"),
        timezone=0,
        altzone=0,
        daylight=0,
    )


def set_chance():
    chance = random.Random(SEED)
    seed = random.Random.seed

    def fixed(self, a=None, version=2):
        seed(self, chance.getrandbits(64) if a is None else a, version)

    random.Random.seed = fixed
    # The module's own functions belong to this one.
    random.seed(SEED)
    random._urandom = os.urandom = posix.urandom = chance.randbytes


def set_recursion():
    allow = sys.setrecursionlimit
    sys.setrecursionlimit = lambda limit: allow(min(limit, DEEPEST))


def set_threads(clock):
    """Locks that nobody else can open: who waits for one without end is told so, and who waits for a
    while finds it shut when that is over."""

    class Lock:
        def __init__(self):
            self._held = False

        def acquire(self, blocking=True, timeout=-1):
            if not self._held:
                self._held = True
                return True
            if not blocking:
                return False
            if timeout < 0:
                raise RuntimeError(ALONE)
            clock.sleep(timeout)
            return False

        def release(self):
            if not self._held:
                raise RuntimeError("release unlocked lock")
            self._held = False

        def locked(self):
            return self._held

        def __enter__(self):
            return self.acquire()

        def __exit__(self, *_):
            self.release()

    threading.Lock = threading._allocate_lock = Lock
    # It is the compiled one that waits without a lock of these; the one in Python is the same.
    sys.modules["_queue"] = None


CLOCK = Clock()
set_clock(CLOCK)
set_threads(CLOCK)
set_chance()
set_recursion()


def is_shut(name, function):
    plain = callable(function) and not isinstance(function, type)
    return plain and (name[0] != "_" or name == "_exit") and name not in OPEN


FILES, SYSTEM = refused("files"), refused("operating system")
SHUT = {name: SYSTEM for name, function in vars(posix).items() if is_shut(name, function)}
NAMES = {
    builtins: {"open": FILES},
    io: {"open": FILES, "open_code": FILES, "FileIO": FILES},
    _io: {"open": FILES, "open_code": FILES, "FileIO": FILES},
    posix: SHUT,
    os: SHUT | {"environ": {}, "getcwd": lambda: "/", "getpid": lambda: 1, "cpu_count": lambda: 1},
    sys: {"argv": ["program.py"]},
}


def watch(event, _):
    """Python itself opens files as well: to show the line of a syntax error, for one."""
    if event == "open":
        FILES()


def shut():
    """Takes files and system away: when the component is made, they are still needed."""
    for module, names in NAMES.items():
        vars(module).update(names)
    sys.addaudithook(watch)
