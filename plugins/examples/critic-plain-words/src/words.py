"""Heavy English words and what to say instead.

After the list of simple words in the US Federal Plain Language Guidelines (public domain), with
the business words people complain about most.
"""

import re

# One word: letters and digits, with inner apostrophes and hyphens.
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

PLAIN = {
    "accompany": "go with",
    "accomplish": "do",
    "accordingly": "so",
    "additional": "more",
    "ascertain": "find out",
    "at the present time": "now",
    "cease": "stop",
    "circle back": "come back",
    "commence": "start",
    "component parts": "parts",
    "consequently": "so",
    "core competency": "strength",
    "deep dive": "close look",
    "due to the fact that": "because",
    "endeavor": "try",
    "endeavour": "try",
    "ensure that": "make sure",
    "expedite": "hurry",
    "facilitate": "help",
    "finalize": "finish",
    "for the purpose of": "to",
    "going forward": "from now on",
    "hereby": "leave it out",
    "holistic": "whole",
    "implement": "carry out",
    "in order to": "to",
    "in the event that": "if",
    "in the near future": "soon",
    "inception": "start",
    "incentivize": "encourage",
    "initiate": "start",
    "leverage": "use",
    "low-hanging fruit": "easy wins",
    "methodology": "method",
    "modify": "change",
    "move the needle": "make a difference",
    "notwithstanding": "in spite of",
    "operationalize": "put to use",
    "optimize": "improve",
    "paradigm": "pattern",
    "paradigm shift": "big change",
    "prior to": "before",
    "prioritize": "do first",
    "pursuant to": "under",
    "remuneration": "pay",
    "seamless": "smooth",
    "streamline": "simplify",
    "subsequent to": "after",
    "subsequently": "later",
    "sufficient": "enough",
    "synergize": "work together",
    "synergy": "working together",
    "synergies": "working together",
    "terminate": "end",
    "therein": "in it",
    "utilize": "use",
    "utilise": "use",
    "utilization": "use",
    "value-add": "benefit",
    "with regard to": "about",
    "with the exception of": "except",
}


def pattern(heavy):
    return r"\s+".join(re.escape(part) for part in heavy.split())


# The longest first, so that “paradigm shift” is not taken for “paradigm”.
JARGON = re.compile(
    r"\b(?:" + "|".join(pattern(heavy) for heavy in sorted(PLAIN, key=len, reverse=True)) + r")\b",
    re.I,
)
