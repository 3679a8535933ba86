(async (chosen, tests) => {
  const found = [], hooks = [], path = [];
  const parts = (given, usual) => {
    const run = given.find((one) => typeof one === 'function');
    return [given.find((one) => typeof one === 'string') ?? (run?.name || usual), run];
  };
  const test = (...given) => {
    const [name, run] = parts(given, 'a test');
    if (run) found.push({ name: [...path, name].join(' > '), path: [...path], run });
  };
  const describe = (...given) => {
    const [name, group] = parts(given, 'a group');
    path.push(name);
    try { group?.(); } finally { path.pop(); }
  };
  const hook = (when) => (run) => { hooks.push({ when, path: [...path], run }); };
  const nothing = () => {};
  for (const one of [test, describe]) Object.assign(one, { skip: nothing, todo: nothing, only: one });
  const [beforeEach, afterEach] = [hook('before'), hook('after')];
  const given = { test, it: test, describe, beforeEach, afterEach };
  const module = Object.assign(test, given, { suite: describe, before: beforeEach, after: afterEach });
  const [outer, usual] = [globalThis.require, globalThis.console];
  const assert = outer('assert');
  const console = Object.create(usual, {
    assert: { value: (holds, ...words) => assert(holds, words.length ? words.join(' ') : 'console.assert') },
  });
  const require = (name) => (/^(node:)?test$/.test(name) ? module : outer(name));
  const declared = await tests({ ...given, assert, console, require });
  for (const [name, run] of Object.entries(declared)) if (typeof run === 'function') test(name, run);
  if (chosen === null) {
    const names = found.map(({ name }) => name.slice(0, 80));
    return encodeURIComponent(JSON.stringify(names)).replaceAll("'", '%27');
  }
  const one = found[chosen];
  if (!one) return;
  const around = (when) => hooks.filter((it) => it.when === when && it.path.every((name, at) => name === one.path[at]));
  for (const { run } of around('before')) await run();
  await one.run();
  for (const { run } of around('after')) await run();
})
