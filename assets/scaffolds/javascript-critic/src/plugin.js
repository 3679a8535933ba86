// A critic that finds pictures too dark to make out anything.

import { answers } from "./pentimento.js";

/** Brightness below which a pixel is dark, of 255. */
const DARK = 40;

/** Share of dark pixels from which on a picture is too dark. */
const TOO_MUCH = 0.75;

/** The longer side, in pixels, that the host scales the picture to. */
const SIDE = 64;

export const critiquing = {
  assess: answers((brief, candidate) => {
    if (!candidate.mediaType().startsWith("image/")) {
      return { score: null, confidence: 0, abstain: "this critic looks at pictures", findings: [] };
    }
    const share = darkShare(candidate.image());
    const findings = share < TOO_MUCH ? [] : [tooDark(share)];
    return { score: 1 - share, confidence: 1, abstain: null, findings };
  }),
};

function tooDark(share) {
  return {
    code: "{{name}}.too-dark",
    severity: "minor",
    message: `${Math.round(share * 100)} % of the picture is nearly black`,
    place: { tag: "region", val: { x: 0, y: 0, width: 1, height: 1 } },
    evidence: [{ kind: "{{name}}.share", text: share.toFixed(2), value: share }],
    suggestion: null,
  };
}

/** The share of dark pixels, 0 to 1. */
function darkShare(picture) {
  let [image, width, height] = [picture, picture.width(), picture.height()];
  const longer = Math.max(width, height);
  if (longer > SIDE) {
    width = Math.max(1, Math.floor((width * SIDE) / longer));
    height = Math.max(1, Math.floor((height * SIDE) / longer));
    image = picture.resize(width, height);
  }
  const rgba = image.rows(0, height);
  let dark = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    if (brightness(rgba[at], rgba[at + 1], rgba[at + 2]) < DARK) dark += 1;
  }
  return dark / (width * height);
}

/** How bright a pixel looks, 0 to 255: the weights of Rec. 601. */
function brightness(red, green, blue) {
  return (299 * red + 587 * green + 114 * blue) / 1000;
}
