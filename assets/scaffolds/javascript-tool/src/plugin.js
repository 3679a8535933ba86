// A tool that counts the words, characters or lines of texts.
//
// Arguments: `count` (`words`, `characters` or `lines`) and `text`; without `text` it counts in the
// texts it is given as inputs.

import { answers, failure, readText } from "./pentimento.js";

const COUNTERS = new Map([
  ["words", (text) => (text.match(/\S+/g) ?? []).length],
  ["characters", (text) => [...text].length],
  ["lines", (text) => (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).length],
]);

export const performing = {
  perform: answers((given, inputs) => {
    const values = new Map(given.map(({ name, value }) => [name, value]));
    const unit = values.get("count") ?? "words";
    const counter = COUNTERS.get(unit);
    if (counter === undefined) {
      throw failure("bad-argument", `\`count\` must be words, characters or lines, not \`${unit}\``);
    }
    const texts = values.has("text") ? [values.get("text")] : inputs.map((input) => readText(input));
    if (texts.length === 0) {
      throw failure("bad-argument", "`text` is missing, and there is no input");
    }
    return String(texts.reduce((sum, text) => sum + counter(text), 0));
  }),
};
