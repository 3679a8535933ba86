// What a program finds around itself besides the language: a console, timers whose time passes at
// once, a process that can be left, and a few of Node's modules. It is made in the program's realm
// before the program runs.
//
// What has no place here is refused with its reason, by modules.js.
({ write, format, show, leave, passed, pass, begin, input, load }) => {
  // Milliseconds of the longest timer, as in browsers and Node.
  const LONGEST = 2 ** 31 - 1;

  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  const consoleOf = () => {
    const counts = new Map(), starts = new Map();
    let indent = '';
    const print = (stream, given) => {
      const text = format(given);
      write(stream, `${indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`)}\n`);
    };
    const out = (...given) => print(0, given), err = (...given) => print(1, given);
    return {
      log: out, info: out, debug: out, error: err, warn: err, trace: (...given) => print(1, ['Trace:', ...given]),
      dir: (value) => print(0, [value]),
      table: (value) => print(0, [value]),
      assert: (holds, ...given) => {
        if (!holds) print(1, given.length === 0 ? ['Assertion failed'] : ['Assertion failed:', ...given]);
      },
      group: (...given) => {
        if (given.length > 0) print(0, given);
        indent += '  ';
      },
      groupEnd: () => { indent = indent.slice(2); },
      count: (label = 'default') => {
        counts.set(label, (counts.get(label) ?? 0) + 1);
        print(0, [`${label}: ${counts.get(label)}`]);
      },
      countReset: (label = 'default') => { counts.delete(label); },
      time: (label = 'default') => { starts.set(label, passed()); },
      timeEnd: (label = 'default') => {
        print(0, [`${label}: ${passed() - (starts.get(label) ?? passed())}ms`]);
        starts.delete(label);
      },
      timeLog: (label = 'default') => print(0, [`${label}: ${passed() - (starts.get(label) ?? passed())}ms`]),
    };
  };

  const timersOf = () => {
    let waiting = [], count = 0;
    const start = (what, call, given, delay, every) => {
      if (typeof call !== 'function') throw new TypeError(`${what} needs a function`);
      const wait = delay >= 1 && delay <= LONGEST ? Math.trunc(delay) : 1;
      count += 1;
      waiting.push({ id: count, at: passed() + wait, call, given, every: every ? wait : 0 });
      return count;
    };
    const stop = (id) => { waiting = waiting.filter((timer) => timer.id !== id); };
    define('setTimeout', (call, delay, ...given) => start('setTimeout', call, given, delay, false));
    define('setInterval', (call, delay, ...given) => start('setInterval', call, given, delay, true));
    define('setImmediate', (call, ...given) => start('setImmediate', call, given, 0, false));
    define('clearTimeout', stop);
    define('clearInterval', stop);
    define('clearImmediate', stop);
    // Lets time pass until the next timer, and runs it; false if there is none.
    return () => {
      let next;
      for (const timer of waiting) {
        if (next === undefined || timer.at < next.at) next = timer;
      }
      if (next === undefined) return false;
      pass(next.at);
      if (next.every === 0) stop(next.id);
      else next.at += next.every;
      next.call(...next.given);
      return true;
    };
  };

  const stream = (number) => ({
    write: (text) => {
      write(number, String(text).toWellFormed());
      return true;
    },
    isTTY: false,
  });

  const process = {
    argv: ['node', 'program.js'],
    env: {},
    exitCode: undefined,
    version: 'v0.0.0',
    versions: {},
    platform: 'sandbox',
    stdout: stream(0),
    stderr: stream(1),
    cwd: () => '/',
    exit: (code = process.exitCode) => leave(Number(code ?? 0) | 0),
    nextTick: (call, ...given) => queueMicrotask(() => call(...given)),
    uptime: () => passed() / 1000,
    hrtime: Object.assign(
      () => [Math.trunc(passed() / 1000), (passed() % 1000) * 1e6],
      { bigint: () => BigInt(passed()) * 1_000_000n },
    ),
    on: () => process,
  };

  const turn = timersOf();
  define('console', consoleOf());
  define('process', process);
  define('global', globalThis);
  // Read when they are first used, since most programs do without.
  let copying, modules;
  const clone = (value) => (copying ??= load('clone')())(value);
  const need = () => load('modules')({ input, process, format, show, clone }, load('assert'));
  define('structuredClone', clone);
  define('performance', { now: passed, timeOrigin: begin });
  const module = { exports: {} };
  define('module', module);
  define('exports', module.exports);
  define('require', Object.assign((name) => (modules ??= need())(name), { main: module }));
  return { turn, status: () => Number(process.exitCode ?? 0) | 0 };
}
