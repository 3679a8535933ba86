"""A tool that counts the words, characters or lines of texts.

Arguments: `count` (`words`, `characters` or `lines`) and `text`; without `text` it counts in the
texts it is given as inputs.
"""

from pentimento import answers, failure, read_text
from wit_world import exports

COUNTERS = {
    "words": lambda text: len(text.split()),
    "characters": len,
    "lines": lambda text: len(text.splitlines()),
}


class Performing(exports.Performing):
    @answers
    def perform(self, arguments, inputs):
        given = {argument.name: argument.value for argument in arguments}
        unit = given.get("count", "words")
        if unit not in COUNTERS:
            known = "words, characters or lines"
            raise failure("bad-argument", f"`count` must be {known}, not `{unit}`")
        texts = [given["text"]] if "text" in given else [read_text(input) for input in inputs]
        if not texts:
            raise failure("bad-argument", "`text` is missing, and there is no input")
        return str(sum(COUNTERS[unit](text) for text in texts))
