"""Finds jargon and long sentences in a text: the critic's export.

What is looked for stands in `words.py`, how sentences are cut in `sentences.py`.
"""

import settings
import words
from pentimento import Places, answers, read_text
from sentences import sentences
from wit_world import exports
from wit_world.imports.types import Critique, Evidence, Finding, Severity, Suggestion

# Findings told at most: the host takes 256, and a person reads fewer.
MOST_FINDINGS = 100

# Bytes of a text: some 10,000 words, which take less than a second.
MOST_BYTES = 1 << 16

# Words from which on a sentence is more than a blemish: with sentences of 43 words, readers take
# in less than a tenth (American Press Institute, quoted by GOV.UK beside the limit of 25).
HOPELESS = 43


class Critiquing(exports.Critiquing):
    @answers
    def assess(self, brief, candidate):
        if not candidate.media_type().startswith("text/"):
            return abstain("this critic reads texts, and the candidate is none")
        if candidate.size() > MOST_BYTES:
            return abstain(f"the text is longer than {MOST_BYTES >> 10} KiB")
        text = read_text(candidate)
        found = sentences(text)
        if not found:
            return abstain("there is no sentence to read")
        limit, allowed = settings.read()
        places, findings, spoiled = Places(text), [], 0
        for start, end in found:
            bad = judge(text, places, start, end, limit, allowed)
            findings += bad[: MOST_FINDINGS - len(findings)]
            spoiled += bool(bad)
        score = 1 - spoiled / len(found)
        return Critique(score, confidence=0.8, abstain=None, findings=findings)


def abstain(reason):
    return Critique(score=None, confidence=0.0, abstain=reason, findings=[])


def judge(text, places, start, end, limit, allowed):
    """The findings in one sentence, `text[start:end]`."""
    findings = []
    count = len(words.WORD.findall(text, start, end))
    if count > limit:
        severity = Severity.MAJOR if count >= HOPELESS else Severity.MINOR
        findings.append(
            Finding(
                "critic-plain-words.long-sentence",
                severity,
                f"a sentence has {count} words; more than {limit} are hard to follow",
                places.span(start, end),
                [Evidence("critic-plain-words.words", str(count), float(count))],
                Suggestion("critic-plain-words.split", "make two or more sentences of it", None),
            )
        )
    for match in words.JARGON.finditer(text, start, end):
        heavy = " ".join(match.group().lower().split())
        if heavy in allowed:
            continue
        plain = words.PLAIN[heavy]
        findings.append(
            Finding(
                "critic-plain-words.jargon",
                Severity.MINOR,
                f"“{heavy}” can be said more plainly: {plain}",
                places.span(match.start(), match.end()),
                [Evidence("critic-plain-words.word", heavy, None)],
                Suggestion("critic-plain-words.say", plain, None),
            )
        )
    return findings
