"""Puts one query to tables of the operator's, and tells what came of it: the tool's export.

How it is put stands in `asking.py`, how its end is told in `telling.py`.
"""

import gc

from asking import MOST_ROWS, USUAL_ROWS, Task, ask, database
from pentimento import answers, failure
from telling import as_json
from wit_world import exports
from wit_world.imports import settings

# Bytes of a query: a page of SQL. What is longer is a table.
MOST_QUERY = 64 << 10

# Bytes of all tables as SQL, settings and argument together.
MOST_DATABASE = 2 << 20

KNOWN = {"query", "database", "rows"}


class Performing(exports.Performing):
    @answers
    def perform(self, arguments, inputs):
        try:
            return as_json(ask(task(arguments, inputs, settings.get("database") or "")))
        except ValueError as wrong:
            # Only the operator's own SQL is refused so.
            raise failure("bad-setting", str(wrong)) from wrong


def task(arguments, inputs, tables):
    """What is to be asked, or a failure that names what is wrong with it."""
    if inputs:
        raise failure("bad-argument", "this tool takes no artifacts; the query is `query`")
    given = {}
    for argument in arguments:
        if argument.name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise failure("bad-argument", f"`{argument.name[:64]}` is none of {known}")
        if argument.name in given:
            raise failure("bad-argument", f"`{argument.name}` is given twice")
        given[argument.name] = argument.value
    query = given.get("query", "").strip()
    if not query:
        raise failure("bad-argument", "`query` is missing: one SELECT in SQLite's SQL")
    if len(query.encode()) > MOST_QUERY:
        raise failure("bad-argument", f"`query` is longer than {MOST_QUERY >> 10} KiB")
    if "\0" in query:
        raise failure("bad-argument", "`query` has a character that ends it")
    scripts = [tables, given.get("database", "")]
    if not any(script.strip() for script in scripts):
        raise failure("bad-setting", "`database` is missing: CREATE TABLE and INSERT statements")
    if sum(len(script.encode()) for script in scripts) > MOST_DATABASE:
        raise failure("bad-setting", f"`database` is longer than {MOST_DATABASE >> 20} MiB")
    return Task(query, scripts, rows(given.get("rows", str(USUAL_ROWS))))


def rows(word):
    """How many rows are told."""
    if not (word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= MOST_ROWS):
        raise failure("bad-argument", f"`rows` must be a number from 1 to {MOST_ROWS}, not `{word[:64]}`")
    return int(word)


# SQLite sets itself up when it is first used, for which it looks at the environment; no call has one.
database([""], []).close()
gc.collect()
gc.freeze()
