// Shows values as Node.js prints them. It lives in a realm of its own, so nothing that a program does
// to its built-in objects reaches it; kinds are told by what only such objects can be asked.
//
// What is printed where is left to surroundings.js; what came of a program is told by blame.js.
(stateOf) => {
  // Node's: columns of a line, items of an array, levels below the outermost value, and how many
  // levels may share a line.
  const WIDTH = 80, MOST_ITEMS = 100, USUAL_DEPTH = 2, LEVELS_A_LINE = 3;
  // Characters of one value, about. More is cut by whoever keeps it.
  const MOST = 200_000;

  const getter = (of, name) => Object.getOwnPropertyDescriptor(of, name).get;
  const asking = (method) => (value) => {
    try {
      return { came: Reflect.apply(method, value, []) };
    } catch {
      return undefined;
    }
  };
  const typed = Object.getPrototypeOf(Uint8Array.prototype);
  const mapSize = asking(getter(Map.prototype, 'size'));
  const setSize = asking(getter(Set.prototype, 'size'));
  const time = asking(Date.prototype.getTime);
  const source = asking(getter(RegExp.prototype, 'source'));
  const flags = asking(getter(RegExp.prototype, 'flags'));
  const bytes = asking(getter(ArrayBuffer.prototype, 'byteLength'));
  const typedName = getter(typed, Symbol.toStringTag);
  const typedLength = getter(typed, 'length');
  const inWeakMap = asking(function () { return WeakMap.prototype.has.call(this, {}); });
  const inWeakSet = asking(function () { return WeakSet.prototype.has.call(this, {}); });
  const BOXED = [Number, String, Boolean, BigInt, Symbol].map((type) => [type.name, asking(type.prototype.valueOf)]);
  const ESCAPES = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\\': '\\\\' };

  const hex = (code, digits) => code.toString(16).toUpperCase().padStart(digits, '0');

  const escaped = (letter, mark) => {
    const code = letter.codePointAt(0);
    if (letter === mark) return `\\${mark}`;
    if (letter in ESCAPES) return ESCAPES[letter];
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return `\\x${hex(code, 2)}`;
    return code >= 0xd800 && code <= 0xdfff ? `\\u${hex(code, 4)}` : letter;
  };

  const quoted = (text) => {
    const mark = ["'", '"', '`'].find((mark) => !text.includes(mark)) ?? "'";
    return mark + Array.from(text, (letter) => escaped(letter, mark)).join('') + mark;
  };

  const primitive = (value) => {
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'symbol') return Symbol.prototype.toString.call(value);
    return Object.is(value, -0) ? '-0' : String(value);
  };

  const named = (key) => {
    if (typeof key === 'symbol') return `[${Symbol.prototype.toString.call(key)}]`;
    return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quoted(key);
  };

  // The name of the class that made it; null if nothing did.
  const maker = (value) => {
    for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
      const own = Object.getOwnPropertyDescriptor(at, 'constructor');
      if (own && typeof own.value === 'function' && own.value.name !== '') return String(own.value.name);
    }
    return null;
  };

  const tagOf = (value) => {
    const tag = value[Symbol.toStringTag];
    return typeof tag === 'string' ? tag : '';
  };

  const before = (value, usual, size = '') => {
    const made = maker(value), tag = tagOf(value);
    const whose = made === null ? `[${usual}${size}: null prototype] ` : `${made}${size} `;
    if (tag !== '' && tag !== made) return `${whose}[${tag}] `;
    return made === usual && size === '' ? '' : whose;
  };

  const functionInWords = (value) => {
    const name = typeof value.name === 'string' ? value.name : '';
    if (Function.prototype.toString.call(value).startsWith('class')) {
      const above = Object.getPrototypeOf(value);
      const parent = typeof above === 'function' && above.name ? ` extends ${above.name}` : '';
      return `[class ${name || '(anonymous)'}${parent}]`;
    }
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    return `[${kind}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
  };

  // An error as it is printed: its name, its message and where it was thrown.
  const headline = (error) => {
    const made = maker(error), name = typeof error.name === 'string' && error.name !== '' ? error.name : 'Error';
    const shown = name === 'Error' && made !== null ? made : name;
    const message = typeof error.message === 'string' ? error.message : '';
    return message === '' ? shown : `${shown}: ${message}`;
  };

  const frames = (error) => {
    const stack = typeof error.stack === 'string' ? error.stack : '';
    const lines = stack.split('\n').filter((line) => /\b(program|then)\.js:\d/.test(line)).map((line) => line.trimEnd());
    // Where it was made, and not how: the constructors of its classes are left out.
    const makers = new Set();
    for (let at = error; at !== null; at = Object.getPrototypeOf(at)) makers.add(maker(at));
    const begin = lines.findIndex((line) => !makers.has(line.trim().match(/^at (\S+) \(/)?.[1]));
    return begin < 0 ? lines : lines.slice(begin);
  };

  const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key);

  const keysOf = (value, without = () => false) => {
    const keys = Object.keys(value).filter((key) => !without(key));
    const symbols = Object.getOwnPropertySymbols(value);
    return keys.concat(symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol)));
  };

  class Showing {
    constructor(depth) {
      this.depth = depth;
      this.above = [];
      this.circular = [];
      this.indent = 0;
      this.deepest = 0;
      this.room = MOST;
    }

    value(value, level) {
      const text = (typeof value === 'object' && value !== null) || typeof value === 'function'
        ? this.object(value, level)
        : primitive(value);
      this.room -= text.length > WIDTH ? 0 : text.length + 1;
      return text;
    }

    within(value, level) {
      this.indent += 2;
      const text = this.value(value, level + 1);
      this.indent -= 2;
      return text;
    }

    object(value, level) {
      if (this.above.includes(value)) {
        if (!this.circular.includes(value)) this.circular.push(value);
        return `[Circular *${this.circular.indexOf(value) + 1}]`;
      }
      const { open, close, base, items, listed, keys } = this.form(value);
      if (level > this.depth && (items.length > 0 || keys.length > 0)) {
        return Array.isArray(value) ? '[Array]' : `[${maker(value) ?? 'Object: null prototype'}]`;
      }
      if (items.length > 0 || keys.length > 0) this.deepest = level;
      this.above.push(value);
      const parts = [];
      for (const item of items) {
        if (this.room < 0) break;
        parts.push(item(level));
      }
      for (const key of keys) {
        if (this.room < 0) break;
        parts.push(this.property(value, key, level));
      }
      this.above.pop();
      const at = this.circular.indexOf(value);
      const first = at < 0 ? base : `<ref *${at + 1}>${base === '' ? '' : ` ${base}`}`;
      return this.joined({ open, close, base: first, parts, listed: listed && value, level });
    }

    property(value, key, level) {
      const { get, set, value: held } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      let shown;
      if (get) shown = set ? '[Getter/Setter]' : '[Getter]';
      else shown = set ? '[Setter]' : this.within(held, level);
      return `${named(key)}: ${shown}`;
    }

    // What an object looks like: its brackets, what stands alone if there is nothing in it, its
    // items and its other keys.
    form(value) {
      const plain = { open: '{', close: '}', base: '', items: [], listed: false, keys: [] };
      if (Array.isArray(value)) return { ...plain, ...this.array(value) };
      if (ArrayBuffer.isView(value) && typedName.call(value)) return { ...plain, ...this.typed(value) };
      if (typeof value === 'function') return { ...plain, base: functionInWords(value), keys: keysOf(value) };
      if (Error.isError(value)) return { ...plain, ...this.error(value) };
      const special = this.collection(value) ?? this.wrapped(value);
      if (special) return { ...plain, keys: keysOf(value, special.without), ...special };
      const isArguments = Object.prototype.toString.call(value) === '[object Arguments]';
      return { ...plain, open: `${isArguments ? '[Arguments] ' : before(value, 'Object')}{`, keys: keysOf(value) };
    }

    array(value) {
      const items = [], length = value.length;
      let index = 0, shown = 0;
      for (; index < length && shown < MOST_ITEMS; shown += 1) {
        let end = index;
        while (end < length && !Object.hasOwn(value, end)) end += 1;
        const holes = end - index, at = index;
        items.push(holes === 0
          ? (level) => this.element(value, at, level)
          : () => `<${holes} empty item${holes > 1 ? 's' : ''}>`);
        index = holes === 0 ? index + 1 : end;
      }
      this.rest(items, length - index);
      const open = maker(value) === 'Array' ? '[' : `${before(value, 'Array', `(${length})`)}[`;
      return { open, close: ']', items, listed: true, keys: keysOf(value, isIndex) };
    }

    element(value, index, level) {
      const { get, value: held } = Object.getOwnPropertyDescriptor(value, index) ?? {};
      return get ? '[Getter]' : this.within(held, level);
    }

    typed(value) {
      const length = typedLength.call(value), items = [];
      for (let index = 0; index < Math.min(length, MOST_ITEMS); index += 1) items.push(() => primitive(value[index]));
      this.rest(items, length - items.length);
      const open = `${before(value, typedName.call(value), `(${length})`)}[`;
      return { open, close: ']', items, listed: true, keys: keysOf(value, isIndex) };
    }

    rest(items, left) {
      if (left > 0) items.push(() => `... ${left} more item${left > 1 ? 's' : ''}`);
    }

    collection(value) {
      const ofMap = mapSize(value), ofSet = ofMap ? undefined : setSize(value);
      if (!ofMap && !ofSet) return undefined;
      const size = (ofMap ?? ofSet).came, items = [];
      const all = ofMap ? Map.prototype.entries.call(value) : Set.prototype.values.call(value);
      for (const one of all) {
        if (items.length === MOST_ITEMS) break;
        items.push(ofMap
          ? (level) => `${this.within(one[0], level)} => ${this.within(one[1], level)}`
          : (level) => this.within(one, level));
      }
      this.rest(items, size - items.length);
      return { open: `${before(value, ofMap ? 'Map' : 'Set', `(${size})`)}{`, items };
    }

    error(value) {
      const without = (key) => key === 'stack' || key === 'message';
      const lines = [headline(value), ...frames(value)].join(`\n${' '.repeat(this.indent)}`);
      const items = Object.hasOwn(value, 'cause') ? [(level) => `[cause]: ${this.within(value.cause, level)}`] : [];
      const several = Array.isArray(value.errors) && Object.hasOwn(value, 'errors');
      if (several) items.push((level) => `[errors]: ${this.within(value.errors, level)}`);
      const base = lines.includes('\n') ? lines : `[${lines}]`;
      return { base, items, keys: keysOf(value, (key) => without(key) || key === 'cause' || key === 'errors') };
    }

    wrapped(value) {
      const when = time(value), pattern = source(value);
      if (when) return { base: Number.isNaN(when.came) ? 'Invalid Date' : new Date(when.came).toISOString() };
      if (pattern) return { base: `/${pattern.came}/${flags(value).came}` };
      for (const [name, of] of BOXED) {
        const held = of(value);
        if (held) return { base: `[${name}: ${primitive(held.came)}]`, without: name === 'String' ? isIndex : undefined };
      }
      const state = stateOf(value);
      if (state) {
        const item = (level) => state[0] === 'pending'
          ? '<pending>'
          : (state[0] === 'rejected' ? '<rejected> ' : '') + this.within(state[1], level);
        return { open: `${before(value, 'Promise')}Promise {`.replace('Promise Promise', 'Promise'), items: [item] };
      }
      if (bytes(value)) return { open: 'ArrayBuffer {', items: [() => `byteLength: ${bytes(value).came}`] };
      if (inWeakMap(value)) return { open: 'WeakMap {', items: [() => '<items unknown>'] };
      if (inWeakSet(value)) return { open: 'WeakSet {', items: [() => '<items unknown>'] };
      return undefined;
    }

    joined({ open, close, base, parts, listed, level }) {
      if (parts.length === 0) return base === '' ? open + close : base;
      const first = base === '' ? '' : `${base} `;
      const rows = listed && parts.length > 6 ? this.grouped(parts, listed) : parts;
      if (this.deepest - level < LEVELS_A_LINE && rows === parts) {
        const begin = rows.length + this.indent + open.length + base.length + 10;
        const long = rows.reduce((sum, row) => sum + row.length, rows.length + begin);
        if (long <= WIDTH && !base.includes('\n') && !rows.some((row) => row.includes('\n'))) {
          return `${first}${open} ${rows.join(', ')} ${close}`;
        }
      }
      const line = `\n${' '.repeat(this.indent)}`;
      return `${first}${open}${line}  ${rows.join(`,${line}  `)}${line}${close}`;
    }

    // Many short items of an array stand in columns, numbers to the right.
    grouped(parts, value) {
      const count = value.length > MOST_ITEMS ? parts.length - 1 : parts.length;
      const widths = parts.slice(0, count).map((part) => part.length + 2);
      const total = widths.reduce((sum, width) => sum + width, 0), most = Math.max(...widths);
      if (most * 3 + this.indent >= WIDTH || (total / most <= 5 && most - 2 > 6)) return parts;
      const bias = Math.max(most - 3 - Math.sqrt(most - total / parts.length), 1);
      const columns = Math.min(
        Math.round(Math.sqrt(2.5 * bias * count) / bias),
        Math.floor((WIDTH - this.indent) / most),
        LEVELS_A_LINE * 4,
        15,
      );
      if (columns <= 1) return parts;
      const isNumber = (one) => typeof one === 'number' || typeof one === 'bigint';
      const right = Array.prototype.every.call(value, isNumber);
      const wide = Array.from({ length: columns }, (_, column) =>
        Math.max(...widths.filter((_, index) => index % columns === column)));
      const rows = [];
      for (let begin = 0; begin < count; begin += columns) {
        const end = Math.min(begin + columns, count);
        const row = parts.slice(begin, end).map((part, column) => {
          const last = begin + column === end - 1, width = wide[column];
          if (right) return last ? part.padStart(width - 2) : `${part}, `.padStart(width);
          return last ? part : `${part}, `.padEnd(width);
        });
        rows.push(row.join(''));
      }
      return rows.concat(parts.slice(count));
    }
  }

  const show = (value, depth = USUAL_DEPTH) => new Showing(depth).value(value, 0);
  return { show, headline, frames };
}
