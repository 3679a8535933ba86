// Counts a picture's colors, a strip of rows at a time.

import { NAMES, nameOf } from "./colors.js";

/** The longer side the host scales a picture to: enough for shares of a thousandth, quick to walk. */
const SIDE = 128;

/** Bytes of one strip. One large list would be copied element by element. */
const STRIP = 1 << 14;

/** Pixels more see-through than this have no color. */
const CLEAR = 128;

/** For every name, the share of the picture's pixels that have it. */
export function sharesOf(image) {
  const small = scaled(image);
  const [width, height] = [small.width(), small.height()];
  const counts = new Array(NAMES.length).fill(0);
  const step = Math.max(1, Math.floor(STRIP / (width * 4)));
  for (let top = 0; top < height; top += step) {
    const bytes = small.rows(top, Math.min(step, height - top));
    for (let at = 0; at < bytes.length; at += 4) {
      if (bytes[at + 3] >= CLEAR) counts[nameOf(bytes[at], bytes[at + 1], bytes[at + 2])] += 1;
    }
  }
  return counts.map((count) => count / (width * height));
}

function scaled(image) {
  const [width, height] = [image.width(), image.height()];
  const longer = Math.max(width, height);
  if (longer <= SIDE) return image;
  const fit = (length) => Math.max(1, Math.floor((length * SIDE) / longer));
  return image.resize(fit(width), fit(height));
}
