"""What the operator may configure: `max-words` and `allow`.

Without the grant of the facet `settings`, the defaults hold.
"""

from componentize_py_types import Err
from pentimento import failure
from wit_world.imports import settings

# Words in a sentence: the limit of GOV.UK's content design.
MAX_WORDS = 25


def read():
    """The longest sentence in words, and the heavy words that are allowed."""
    limit = get("max-words")
    if limit is None:
        limit = MAX_WORDS
    elif not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:6]) <= 1000:
        raise failure("bad-setting", f"`max-words` must be a number from 1 to 1000, not `{limit}`")
    allowed = (get("allow") or "").lower().split(",")
    return int(limit), {" ".join(word.split()) for word in allowed}


def get(key):
    try:
        return settings.get(key)
    except Err as error:
        if error.value.code == "refused":
            return None
        raise
