// The few of Node's modules that need no machine, and why the others are not there.
({ input, process, format, show, clone }, assertOf) => {
  const LACKING = {
    files: 'fs fs/promises path os glob',
    network: 'http https http2 net dgram dns tls url querystring axios node-fetch ws',
    'other programs': 'child_process cluster worker_threads vm v8 repl',
    terminal: 'readline readline/promises tty',
    'source of chance or secrets': 'crypto',
    'modules of that kind': 'stream buffer zlib async_hooks string_decoder timers timers/promises',
  };

  const refuse = (what) => () => {
    throw new Error(`this sandbox has no ${what}`);
  };

  const readInput = (file, how) => {
    if (file !== 0 && file !== '/dev/stdin') refuse('files')();
    const asText = typeof how === 'string' ? how : how?.encoding;
    // Node would give bytes, which turn into their text wherever one is wanted.
    return asText ? input : Object.assign(new String(input), { toString: () => input });
  };

  const inherits = (child, parent) => {
    Object.setPrototypeOf(child.prototype, parent.prototype);
    Object.setPrototypeOf(child, parent);
  };

  class EventEmitter {
    #heard = new Map();
    on(name, call) {
      this.#heard.set(name, [...(this.#heard.get(name) ?? []), call]);
      return this;
    }
    addListener(name, call) { return this.on(name, call); }
    once(name, call) {
      const one = (...given) => {
        this.off(name, one);
        call.apply(this, given);
      };
      return this.on(name, one);
    }
    off(name, call) {
      this.#heard.set(name, (this.#heard.get(name) ?? []).filter((heard) => heard !== call));
      return this;
    }
    removeListener(name, call) { return this.off(name, call); }
    emit(name, ...given) {
      const heard = this.#heard.get(name) ?? [];
      if (heard.length === 0 && name === 'error') throw given[0];
      for (const call of heard) call.apply(this, given);
      return heard.length > 0;
    }
    listenerCount(name) { return (this.#heard.get(name) ?? []).length; }
  }

  const assert = assertOf(show);
  const fs = new Proxy({ readFileSync: readInput }, {
    get: (held, name) => (name in held ? held[name] : refuse('files')),
  });
  const HERE = {
    assert, 'assert/strict': assert.strict, process, fs,
    events: Object.assign(EventEmitter, { EventEmitter }),
    util: {
      inspect: show,
      format: (...given) => format(given),
      isDeepStrictEqual: assert.alike,
      promisify: (call) => (...given) =>
        new Promise((resolve, reject) => call(...given, (error, value) => (error ? reject(error) : resolve(value)))),
      inherits,
      structuredClone: clone,
    },
    perf_hooks: { performance: globalThis.performance },
  };
  const why = new Map(Object.entries(LACKING).flatMap(([what, names]) => names.split(' ').map((name) => [name, what])));

  return (wanted) => {
    const name = String(wanted).replace(/^node:/, '');
    if (Object.hasOwn(HERE, name)) return HERE[name];
    const reason = why.has(name)
      ? `this sandbox has no ${why.get(name)}`
      : 'this sandbox has a few modules of Node and nothing else';
    const error = new Error(`Cannot find module '${wanted}': ${reason}`);
    error.code = 'MODULE_NOT_FOUND';
    throw error;
  };
}
