// `structuredClone`: deep copies that keep cycles (HTML, "Structured cloning"), made in the program's
// realm. What cannot be copied is refused.
() => {
  const kindOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

  const refused = (value) => {
    const error = new Error(`${typeof value === 'function' ? 'a function' : kindOf(value)} could not be cloned.`);
    error.name = 'DataCloneError';
    return error;
  };

  const empty = (value) => {
    if (Array.isArray(value)) return new Array(value.length);
    if (Error.isError(value)) return Object.create(Object.getPrototypeOf(value));
    switch (kindOf(value)) {
      case 'Date': return new Date(value.getTime());
      case 'RegExp': return new RegExp(value.source, value.flags);
      case 'Map': return new Map();
      case 'Set': return new Set();
      case 'Number': case 'String': case 'Boolean': case 'BigInt': return Object(value.valueOf());
      case 'ArrayBuffer': return value.slice(0);
      case 'Symbol': case 'Promise': case 'WeakMap': case 'WeakSet': case 'WeakRef': throw refused(value);
      default: return ArrayBuffer.isView(value) ? value.slice() : {};
    }
  };

  return (given) => {
    const made = new Map();
    const copy = (value) => {
      if (typeof value === 'function' || typeof value === 'symbol') throw refused(value);
      if (typeof value !== 'object' || value === null) return value;
      if (made.has(value)) return made.get(value);
      const copied = empty(value);
      made.set(value, copied);
      if (copied instanceof Map) value.forEach((held, key) => copied.set(copy(key), copy(held)));
      else if (copied instanceof Set) value.forEach((held) => copied.add(copy(held)));
      if (Error.isError(value)) {
        for (const key of ['message', 'stack']) Object.defineProperty(copied, key, { value: value[key], writable: true, configurable: true });
      } else if (!ArrayBuffer.isView(value) && kindOf(value) !== 'String') {
        for (const key of Object.keys(value)) copied[key] = copy(value[key]);
      }
      return copied;
    };
    return copy(given);
  };
}
