// Colors as people name them: which name a pixel has, and which names a sentence asks for.

/** Every name, in the order of `name()`'s numbers. */
export const NAMES = [
  "black", "gray", "white", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown",
];

const [BLACK, GRAY, WHITE, RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, PINK, BROWN] = NAMES.keys();

/** Other words for the same colors. */
const WORDS = new Map([["grey", "gray"], ["violet", "purple"], ...NAMES.map((name) => [name, name])]);

/** The number of a pixel's color, from its red, green and blue, 0 to 255 each. */
export function nameOf(red, green, blue) {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (most < 48) return BLACK;
  if (spread * 100 < most * 18) return most > 210 ? WHITE : most < 64 ? BLACK : GRAY;
  const hue = hueOf(red, green, blue, most, spread);
  if (hue < 15 || hue >= 345) return spread * 2 < most && most > 170 ? PINK : RED;
  if (hue < 45) return most < 170 ? BROWN : ORANGE;
  if (hue < 70) return YELLOW;
  if (hue < 170) return GREEN;
  if (hue < 260) return BLUE;
  if (hue < 300) return PURPLE;
  return PINK;
}

/** Degrees on the color circle: 0 red, 120 green, 240 blue. */
function hueOf(red, green, blue, most, spread) {
  const turned =
    most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  return (turned * 60 + 360) % 360;
}

/** The numbers of the colors a sentence names, each once. A color after “no” or “not” is left out. */
export function asked(sentence) {
  const words = sentence.toLowerCase().match(/[a-z]+/g) ?? [];
  const named = words.filter((word, at) => WORDS.has(word) && !/^(no|not|without|never)$/.test(words[at - 1]));
  return [...new Set(named.map((word) => NAMES.indexOf(WORDS.get(word))))];
}
