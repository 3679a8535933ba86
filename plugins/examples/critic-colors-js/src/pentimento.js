// What plugins in JavaScript share: whole texts, places in bytes, and exceptions that are told.

/** Bytes asked for at once; the host gives at most 16 MiB. */
const PIECE = 1 << 20;

const encoder = new TextEncoder();

/** The text of an artifact, at most `most` bytes of it. */
export function readText(artifact, most = 1 << 22) {
  const size = Math.min(Number(artifact.size()), most);
  let [text, offset] = ["", 0];
  while (offset < size) {
    const piece = artifact.text(BigInt(offset), Math.min(PIECE, size - offset));
    if (piece === "") break;
    text += piece;
    offset += encoder.encode(piece).length;
  }
  return text;
}

/** The place of `text.slice(start, end)`. JavaScript counts UTF-16 units, the host bytes. */
export function span(text, start, end) {
  const before = encoder.encode(text.slice(0, start)).length;
  const within = encoder.encode(text.slice(start, end)).length;
  return { tag: "text-span", val: { start: before, end: before + within } };
}

/** Says that the plugin could not do its work: `throw failure("failed", "…")`. */
export function failure(code, message) {
  return { code, message };
}

/** Turns an exception into a failure that names it: a plugin has no terminal. */
export function answers(work) {
  return (...given) => {
    try {
      return work(...given);
    } catch (error) {
      throw told(error);
    }
  };
}

/** Refusals of the host come as their failure, or as an error that carries it. */
function told(error) {
  const carried = error?.payload ?? error;
  if (typeof carried?.code === "string" && typeof carried?.message === "string") {
    return failure(carried.code, carried.message);
  }
  const line = String(error?.stack ?? "").trim().split("\n").find((line) => line.includes(":"));
  return failure("failed", `${error}${line === undefined ? "" : ` (${line.trim()})`}`);
}
