// Makes texts of what a program prints, comes to and dies of; in the realm of inspect.js, and with its
// functions. No text has half a character in it.
({ show, headline, frames }) => {
  // Levels of the value that a program comes to; more than what is printed, because nobody can look
  // closer.
  const VALUE_DEPTH = 8;

  const whole = (text) => String.prototype.toWellFormed.call(text);

  const tried = (make, instead) => {
    try {
      const made = make();
      return typeof made === 'string' ? made : instead;
    } catch {
      return instead;
    }
  };

  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';

  const number = (value) => {
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'symbol' || isObject(value) ? 'NaN' : show(Number(value));
  };

  const integer = (value) => {
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'symbol' || isObject(value) ? 'NaN' : show(parseInt(value, 10));
  };

  const asText = (value) => {
    if (typeof value === 'string') return value;
    return isObject(value) ? show(value, 0) : show(value);
  };

  const asJson = (value) => JSON.stringify(value) ?? 'undefined';

  const DIRECTIVES = {
    s: asText, d: number, i: integer, f: (value) => show(parseFloat(value)), j: asJson,
    o: (value) => show(value, 4), O: (value) => show(value, 4), c: () => '',
  };

  // What the console prints of its arguments, with Node's directives (`%s`) in the first one.
  const format = (given) => {
    // The list is the program's, and so are its methods.
    const rest = Array.from({ length: given.length }, (_, index) => given[index]);
    let parts = [];
    if (typeof rest[0] === 'string' && rest.length > 1) {
      parts = [rest.shift().replace(/%([sdifjoOc%])/g, (all, kind) => {
        if (kind === '%') return '%';
        return rest.length === 0 ? all : DIRECTIVES[kind](rest.shift());
      })];
    }
    const text = parts.concat(rest.map((one) => (typeof one === 'string' ? one : show(one)))).join(' ');
    return whole(text);
  };

  const value = (came) => whole(tried(() => show(came, VALUE_DEPTH), '<unprintable value>'));

  // The same as it would be printed, and a BigInt as its digits; undefined if it cannot be.
  const text = (came) => {
    const printed = tried(() => (typeof came === 'bigint' ? String(came) : format([came])), undefined);
    return printed === undefined ? undefined : whole(printed);
  };

  const trace = (error) => {
    const lines = [tried(() => headline(error), '<unprintable error>')];
    try {
      lines.push(...frames(error));
    } catch {
      // It has no stack that can be read.
    }
    return lines.join('\n');
  };

  // Of something thrown: what it is called, what it says, at which line of which file it was made, and
  // the stack with all its causes.
  const blame = (thrown) => {
    if (!Error.isError(thrown)) {
      const text = tried(() => (typeof thrown === 'string' ? thrown : show(thrown)), '<unprintable value>');
      const kind = thrown === null ? 'null' : typeof thrown;
      return { kind, message: whole(text), file: '', line: 0, traceback: whole(`Uncaught ${text}`) };
    }
    const lines = [];
    for (let at = thrown, left = 5; Error.isError(at) && left > 0; left -= 1) {
      lines.push((lines.length === 0 ? '' : '[cause]: ') + trace(at));
      const held = Object.getOwnPropertyDescriptor(at, 'cause');
      at = held === undefined ? undefined : held.value;
    }
    const head = tried(() => headline(thrown), 'Error');
    const message = tried(() => thrown.message, '<unprintable message>');
    const place = tried(() => frames(thrown)[0], '').match(/\b((?:program|then)\.js):(\d+)/);
    const ends = message !== '' && head.endsWith(`: ${message}`);
    return {
      kind: whole(ends ? head.slice(0, -message.length - 2) : head),
      message: whole(message),
      file: place === null ? '' : place[1],
      line: place === null ? 0 : Number(place[2]),
      traceback: whole(lines.join('\n')),
    };
  };

  return { format, show: (value) => whole(show(value)), value, text, blame };
}
