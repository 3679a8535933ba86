"""One query, put to tables in memory: read-only, within bounds, the same every time.

Nothing here knows that it runs in a sandbox, so it can be tried with any Python.
"""

import random
import sqlite3
from dataclasses import dataclass, field

# Rows that are told. The host takes 64 KiB of a tool.
USUAL_ROWS, MOST_ROWS = 50, 500

# Steps of SQLite's virtual machine, for the tables and for the query: together some two seconds of
# the five a call has.
MOST_STEPS = 5_000_000
BUILDING_STEPS = 5_000_000

# How often steps are counted.
STRIDE = 1_000

# Bytes of one value, and of everything that SQLite holds, of the 128 MiB a call has.
MOST_VALUE = 1 << 20
MOST_HEAP = 64 << 20

# Feeds `random()` and `randomblob()`.
SEED = 20260101

# What a query may do: read, and call functions. All else is refused, whoever wrote it.
READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}

# What the operator's tables may not do: reach another file, or change how queries are bounded.
NOT_BUILDING = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_PRAGMA}

# There is no clock here, and asking for one would end the call without a word. So SQLite's functions of
# time are called through ours, which look at what they are given. Each with the place of the moment
# among its arguments.
TIMES = {"current_date", "current_time", "current_timestamp"}
MOMENTS = {
    "date": 0, "time": 0, "datetime": 0, "julianday": 0, "unixepoch": 0, "strftime": 1, "timediff": 0,
}
# What a moment may be called instead of told.
NOW = {"now", "subsec", "subsecond"}
NO_QUERY = "there is no query: one SELECT is needed"
NO_CLOCK = "this database has no clock: compare with a date that stands in the question or the tables"


@dataclass(frozen=True)
class Task:
    """What is asked."""

    query: str
    # Statements that make the tables, in order.
    scripts: list
    # Rows that are told.
    rows: int = USUAL_ROWS


@dataclass
class End:
    """What came of it."""

    # `ok`, `error` or `stopped`.
    outcome: str
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    # More rows than these were there.
    more: bool = False
    # What SQLite says, for `error`.
    message: str | None = None
    # `steps` or `memory`, for `stopped`.
    limit: str | None = None
    # The tables, as they were made: for whoever puts the query right.
    schema: list = field(default_factory=list)


class Steps:
    """Counts the machine's steps, and says when there were enough."""

    def __init__(self, most):
        self.left = most // STRIDE

    def __call__(self):
        self.left -= 1
        return self.left < 0


def ask(task):
    """Makes the tables and puts the query."""
    refusals = []
    connection = database(task.scripts, refusals)
    try:
        return answer(connection, task, refusals)
    finally:
        connection.close()


def database(scripts, refusals):
    """Tables in memory. `ValueError` says what is wrong with what makes them; `refusals` is what was
    wanted and may not be, then and later."""
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
    for pragma in ("temp_store = memory", f"hard_heap_limit = {MOST_HEAP}"):
        connection.execute(f"PRAGMA {pragma}")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    # SQLite would look for chance where there is none; these numbers are the same in every call.
    draws = random.Random(SEED)
    connection.create_function("random", 0, lambda: draws.getrandbits(64) - (1 << 63))
    connection.create_function("randomblob", 1, lambda many: draws.randbytes(length(many)))
    set_times(connection, refusals)
    connection.set_authorizer(building)
    steps = Steps(BUILDING_STEPS)
    connection.set_progress_handler(steps, STRIDE)
    for script in scripts:
        try:
            connection.executescript(script)
        except (sqlite3.Error, MemoryError, UnicodeError) as error:
            connection.close()
            why = "it takes too many steps" if steps.left < 0 else (refusals or [f"{error}"])[0]
            raise ValueError(f"`database` cannot be made: {why}") from error
    return connection


def set_times(connection, refusals):
    """Functions of time that say that there is no clock, instead of asking it."""
    calendar = sqlite3.connect(":memory:", cached_statements=32)

    def refuse(*_):
        refusals.append(NO_CLOCK)
        raise ValueError(NO_CLOCK)

    def told(name, place):
        moments = 2 if name == "timediff" else 1

        def call(*given):
            meant = given[place : place + moments]
            if len(given) >= place and (not meant or any(map(is_now, meant))):
                refuse()
            marks = ",".join("?" * len(given))
            return calendar.execute(f"SELECT {name}({marks})", given).fetchone()[0]

        return call

    for name, place in MOMENTS.items():
        connection.create_function(name, -1, told(name, place), deterministic=True)
    for name in TIMES:
        connection.create_function(name, 0, refuse, deterministic=True)


def is_now(moment):
    if isinstance(moment, bytes):
        moment = moment.decode("utf-8", "replace")
    return isinstance(moment, str) and moment.lower() in NOW


def answer(connection, task, refusals):
    schema = [text for (text,) in connection.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )]
    connection.set_authorizer(lambda *what: reading(refusals, *what))
    steps = Steps(MOST_STEPS)
    connection.set_progress_handler(steps, STRIDE)
    try:
        cursor = connection.execute(task.query)
        found = cursor.fetchmany(task.rows + 1)
    except MemoryError:
        return End("stopped", limit="memory", schema=schema)
    except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
        if steps.left < 0:
            return End("stopped", limit="steps", schema=schema)
        message = refusals[0] if refusals else str(error)
        return End("error", message=message, schema=schema)
    if cursor.description is None:
        # Nothing was asked, or a comment.
        return End("error", message=NO_QUERY, schema=schema)
    columns = [column for column, *_ in cursor.description]
    return End("ok", columns, found[: task.rows], len(found) > task.rows, schema=schema)


def length(many):
    """How many bytes of chance are meant: at least one, as SQLite has it."""
    return min(max(many if isinstance(many, int) else 1, 1), MOST_VALUE)


def building(action, *_):
    return sqlite3.SQLITE_DENY if action in NOT_BUILDING else sqlite3.SQLITE_OK


def reading(refusals, action, first, second, *_):
    """Whether a query may do this; says once why not."""
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in TIMES:
        refusals.append(NO_CLOCK)
        return sqlite3.SQLITE_DENY
    if action in READING:
        return sqlite3.SQLITE_OK
    refusals.append("this database is only read: the query must be one SELECT")
    return sqlite3.SQLITE_DENY
