// Node's `assert`, as far as tests use it.
(shown) => {
  class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
      super(message);
      this.name = 'AssertionError';
      this.code = 'ERR_ASSERTION';
      Object.assign(this, { actual, expected, operator });
    }
  }

  const check = (holds, { message, usual, ...told }) => {
    if (holds) return;
    if (Error.isError(message)) throw message;
    throw new AssertionError({ message: message ?? usual(), ...told });
  };

  const same = (one, other, strict) =>
    // eslint-disable-next-line eqeqeq -- what `==` says is what is asked for
    strict ? Object.is(one, other) : one == other || (Number.isNaN(one) && Number.isNaN(other));

  const kindOf = (value) => Object.prototype.toString.call(value);
  const isObject = (value) => typeof value === 'object' && value !== null;

  // Whether two values are alike all the way down (Node, "Comparison details").
  const alike = (one, other, strict = true, above = []) => {
    if (!isObject(one) || !isObject(other)) return same(one, other, strict);
    if (one === other || above.some(([a, b]) => a === one && b === other)) return true;
    if (kindOf(one) !== kindOf(other) || Array.isArray(one) !== Array.isArray(other)) return false;
    if (strict && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
    const within = [...above, [one, other]];
    const deep = (a, b) => alike(a, b, strict, within);
    if (one instanceof Date && one.getTime() !== other.getTime()) return false;
    if (one instanceof RegExp && String(one) !== String(other)) return false;
    if (Error.isError(one) && (one.message !== other.message || one.name !== other.name)) return false;
    if (/Number|String|Boolean/.test(kindOf(one)) && !same(one.valueOf(), other.valueOf(), strict)) return false;
    if (one instanceof Map || one instanceof Set) {
      if (one.size !== other.size) return false;
      const left = [...other];
      for (const held of one) {
        const at = left.findIndex((candidate) => deep(held, candidate));
        if (at < 0) return false;
        left.splice(at, 1);
      }
    }
    if (Array.isArray(one) && one.length !== other.length) return false;
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length
      && keys.every((key) => Object.hasOwn(other, key) && deep(one[key], other[key]));
  };

  const fits = (error, expected) => {
    if (expected === undefined) return true;
    if (expected instanceof RegExp) return expected.test(String(error));
    if (typeof expected !== 'function') {
      return Object.keys(expected).every((key) =>
        expected[key] instanceof RegExp ? expected[key].test(error[key]) : alike(error[key], expected[key]));
    }
    if (expected.prototype !== undefined && error instanceof expected) return true;
    return !(Error.isPrototypeOf(expected) || expected === Error) && expected(error) === true;
  };

  const missing = (expected, message) => {
    const told = typeof expected === 'string' ? expected : message;
    check(false, { message: told, usual: () => 'Missing expected exception.', operator: 'throws' });
  };

  const raised = (error, expected, message) => {
    if (fits(error, typeof expected === 'string' ? undefined : expected)) return;
    if (typeof expected === 'function' && Error.isError(error)) throw error;
    check(false, { message, usual: () => `${shown(error)} is not the error that was expected`, actual: error, expected });
  };

  const pair = (operator, sign, holds) => (actual, expected, message) =>
    check(holds(actual, expected), {
      message, actual, expected, operator, usual: () => `${shown(actual)} ${sign} ${shown(expected)}`,
    });

  const ok = (value, message) =>
    check(Boolean(value), { message, actual: value, expected: true, operator: '==', usual: () => `${shown(value)} is not truthy` });

  const throws = (call, expected, message) => {
    try {
      call();
    } catch (error) {
      return raised(error, expected, message);
    }
    return missing(expected, message);
  };

  const rejects = async (promise, expected, message) => {
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (error) {
      return raised(error, expected, message);
    }
    return missing(expected, message);
  };

  const build = (strict) => Object.assign((value, message) => ok(value, message), {
    AssertionError, ok, throws, rejects, alike: (one, other) => alike(one, other),
    equal: pair('==', '!=', (one, other) => same(one, other, strict)),
    notEqual: pair('!=', '==', (one, other) => !same(one, other, strict)),
    strictEqual: pair('strictEqual', '!==', (one, other) => same(one, other, true)),
    notStrictEqual: pair('notStrictEqual', '===', (one, other) => !same(one, other, true)),
    deepEqual: pair('deepEqual', 'is not like', (one, other) => alike(one, other, strict)),
    deepStrictEqual: pair('deepStrictEqual', 'is not like', (one, other) => alike(one, other)),
    notDeepEqual: pair('notDeepEqual', 'is like', (one, other) => !alike(one, other, strict)),
    notDeepStrictEqual: pair('notDeepStrictEqual', 'is like', (one, other) => !alike(one, other)),
    doesNotThrow: (call) => { call(); },
    doesNotReject: async (promise) => { await (typeof promise === 'function' ? promise() : promise); },
    match: (text, pattern, message) =>
      check(pattern.test(text), { message, actual: text, expected: pattern, operator: 'match', usual: () => `${shown(text)} does not match ${pattern}` }),
    doesNotMatch: (text, pattern, message) =>
      check(!pattern.test(text), { message, actual: text, expected: pattern, operator: 'doesNotMatch', usual: () => `${shown(text)} matches ${pattern}` }),
    fail: (message = 'Failed') => check(false, { message, operator: 'fail' }),
    ifError: (value) => { if (value !== null && value !== undefined) throw value; },
  });

  return Object.assign(build(false), { strict: Object.assign(build(true), {}) });
}
