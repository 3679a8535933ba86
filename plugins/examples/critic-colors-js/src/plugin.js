// Tells a picture's palette, and which colors of the idea it lacks: the critic's export.

import { NAMES, asked } from "./colors.js";
import { sharesOf } from "./palette.js";
import { answers } from "./pentimento.js";

/** Share of the picture below which a color counts as missing. Less could be an edge between two colors. */
const SEEN = 0.001;

/** Share from which on a color belongs to the palette. */
const PALETTE = 0.02;

/** Everywhere in the picture. */
const WHOLE = { tag: "region", val: { x: 0, y: 0, width: 1, height: 1 } };

export const critiquing = {
  assess: answers((brief, candidate) => {
    if (!candidate.mediaType().startsWith("image/")) {
      return abstain("this critic looks at pictures, and the candidate is none");
    }
    const shares = sharesOf(candidate.image());
    const wanted = asked(brief.idea);
    const missing = wanted.filter((color) => shares[color] < SEEN);
    const findings = [palette(shares), ...missing.map((color) => lacks(color, shares[color]))];
    const score = wanted.length === 0 ? null : 1 - missing.length / wanted.length;
    return { score, confidence: 0.7, abstain: null, findings };
  }),
};

function abstain(reason) {
  return { score: null, confidence: 0, abstain: reason, findings: [] };
}

/** The observation that every picture gets. */
function palette(shares) {
  const order = [...NAMES.keys()].filter((color) => shares[color] >= PALETTE);
  order.sort((one, other) => shares[other] - shares[one]);
  const told = order.map((color) => `${NAMES[color]} ${Math.round(shares[color] * 100)} %`);
  const evidence = order.map((color) => measured(`critic-colors-js.${NAMES[color]}`, shares[color]));
  const message = told.length === 0 ? "the picture has no color" : `the palette is ${told.join(", ")}`;
  return { code: "critic-colors-js.palette", severity: "note", message, place: WHOLE, evidence, suggestion: null };
}

function lacks(color, share) {
  const name = NAMES[color];
  return {
    code: "critic-colors-js.missing-color",
    severity: "major",
    message: `the idea asks for ${name}, and hardly anything in the picture is ${name}`,
    place: WHOLE,
    evidence: [measured("critic-colors-js.share", share)],
    suggestion: null,
  };
}

function measured(kind, value) {
  return { kind, text: value.toFixed(4), value };
}
