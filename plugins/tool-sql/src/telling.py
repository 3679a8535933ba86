"""What came of a query, as JSON within the host's bound."""

import json
import math

# Characters of one value, and of the schema, that are told.
TOLD_VALUE, TOLD_SCHEMA = 300, 6_000

# Characters of all rows. Everything outside ASCII is escaped, so these are bytes.
TOLD_ROWS = 40_000


def as_json(end):
    """One line; its keys always in this order."""
    rows, told = [], 0
    for row in end.rows:
        row = [value(one) for one in row]
        told += len(json.dumps(row))
        if told > TOLD_ROWS:
            break
        rows.append(row)
    schema, left = [], TOLD_SCHEMA
    for text in end.schema:
        if len(text) > left:
            break
        schema.append(text)
        left -= len(text)
    answer = {
        "outcome": end.outcome,
        "columns": [str(column)[:TOLD_VALUE] for column in end.columns[:200]],
        "rows": rows,
        "cut": end.more or len(rows) < len(end.rows),
        "error": end.message and end.message[:TOLD_VALUE],
        "limit": end.limit,
        "schema": schema if end.outcome != "ok" else [],
    }
    return json.dumps(answer, separators=(",", ":"))


def value(one):
    """A value as JSON has it; bytes and numbers without end as text."""
    if isinstance(one, bytes):
        return f"x'{one[:TOLD_VALUE // 2].hex()}'" + ("…" if len(one) > TOLD_VALUE // 2 else "")
    if isinstance(one, float) and not math.isfinite(one):
        return str(one)
    if isinstance(one, str) and len(one) > TOLD_VALUE:
        return one[:TOLD_VALUE] + "…"
    return one
