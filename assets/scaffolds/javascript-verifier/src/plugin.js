// A verifier that counts words: a text must keep the limit that the idea states.

import { answers, readText, span } from "./pentimento.js";

export const verifying = {
  verify: answers((brief, candidate) => {
    const stated = /(\d{1,6}) words?\b/.exec(brief.idea);
    if (stated === null) {
      return { outcome: "unknown", proof: "the idea states no number of words", findings: [] };
    }
    const limit = Number(stated[1]);
    const text = readText(candidate);
    const words = [...text.matchAll(/\S+/g)];
    const proof = `counted ${words.length} words, at most ${limit} are asked for`;
    if (words.length <= limit) return { outcome: "pass", proof, findings: [] };
    const finding = {
      code: "{{name}}.too-long",
      severity: "major",
      message: `the text has ${words.length} words, ${words.length - limit} too many`,
      place: span(text, words[limit].index, text.trimEnd().length),
      evidence: [],
      suggestion: null,
    };
    return { outcome: "fail", proof, findings: [finding] };
  }),
};
