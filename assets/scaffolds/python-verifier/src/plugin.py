"""A verifier that counts words: a text must keep the limit that the idea states."""

import re

from pentimento import Places, answers, read_text
from wit_world import exports
from wit_world.imports.types import Check, CheckOutcome, Finding, Severity


class Verifying(exports.Verifying):
    @answers
    def verify(self, brief, candidate):
        stated = re.search(r"(\d{1,6}) words?\b", brief.idea)
        if stated is None:
            return Check(CheckOutcome.UNKNOWN, "the idea states no number of words", [])
        limit = int(stated.group(1))
        text = read_text(candidate)
        words = list(re.finditer(r"\S+", text))
        proof = f"counted {len(words)} words, at most {limit} are asked for"
        if len(words) <= limit:
            return Check(CheckOutcome.PASS, proof, [])
        finding = Finding(
            code="{{name}}.too-long",
            severity=Severity.MAJOR,
            message=f"the text has {len(words)} words, {len(words) - limit} too many",
            place=Places(text).span(words[limit].start(), words[-1].end()),
            evidence=[],
            suggestion=None,
        )
        return Check(CheckOutcome.FAIL, proof, [finding])
