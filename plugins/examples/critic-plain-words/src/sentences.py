"""Cuts a text into sentences.

A sentence ends with its mark and white space, with an empty line, or before an item of a list.
"""

import re

# What may be an end. The text of a line that wraps is one sentence.
END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•#]|\d+[.)])\s)")

# A stop after a title or an initial ends no sentence.
TITLE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|[A-Z])\.$")

# A stop after one of these ends no sentence, unless a capital follows.
SHORT = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|approx|no)\.$", re.I)


def sentences(text):
    """The (start, end) of every sentence that has a letter, in order."""
    found, start = [], 0
    for end in END.finditer(text):
        stop = end.end() if text[end.start()] != "\n" else end.start()
        if text[end.start()] == "." and goes_on(text, start, end):
            continue
        keep(found, text, start, stop)
        start = end.end()
    keep(found, text, start, len(text))
    return found


def goes_on(text, start, end):
    """True if the stop belongs to an abbreviation or to a list's number."""
    tail = text[max(start, end.start() - 8) : end.start() + 1]
    head = text[max(start, end.start() - 4) : end.start()]
    if TITLE.search(tail) or (end.start() - start <= len(head) and head.strip().isdigit()):
        return True
    following = text[end.end() : end.end() + 2].strip()
    return SHORT.search(tail) is not None and not following[:1].isupper()


def keep(found, text, start, end):
    piece = text[start:end]
    if any(letter.isalpha() for letter in piece):
        start += len(piece) - len(piece.lstrip())
        found.append((start, start + len(piece.strip())))
