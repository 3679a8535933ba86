//! Programs that mean harm: each ends with a clear result, and the next call finds nothing of it.

use std::time::Duration;

use pentimento_model::FaultKind;
use serde_json::{Value, json};

use super::JavaScript;

/// A program, how it ends, and words that the answer must have.
type Deed = (&'static str, &'static str, &'static str);

/// What runs into a limit of the tool's own: outcome `stopped`, with the limit's name.
const STOPPED: &[Deed] = &[
    ("while (true);", "steps", "the program took more than 20000000 steps"),
    ("for (;;) { try { for (;;); } catch (e) {} finally {} }", "steps", ""),
    (
        "function spin() {\n  for (;;) Math.abs(1);\n}\n\nspin();",
        "steps",
        "at spin (program.js)\\n",
    ),
    ("[1, 2, 3].sort(() => {\n  for (;;);\n})", "steps", "<eval> (program.js:1:"),
    ("setInterval(() => {}, 1)", "steps", ""),
    ("const f = async () => { for (;;) await null; }; f()", "steps", ""),
    ("const f = () => queueMicrotask(f); f()", "steps", ""),
    ("/(a+)+$/.test('a'.repeat(40) + 'b')", "steps", "line\":null"),
    ("new Array(4294967295).indexOf(1)", "steps", ""),
    ("new Function('for (;;);')()", "steps", ""),
    ("new Proxy({}, { get() { for (;;); } }).x", "steps", ""),
    ("let n = 1n;\nfor (;;) n += 1n;", "steps", ""),
    ("const a = [];\nwhile (true) a.push('x'.repeat(1e6) + a.length);", "memory", "line\":2"),
    ("const a = [];\nwhile (true) a.push({ b: [a.length] });", "memory", "72 MiB"),
    ("const a = [];\nfor (;;) { try { for (;;) a.push([1, 2, 3]); } catch (e) {} }", "memory", ""),
    ("'x'.repeat(2 ** 29)", "memory", "line\":1"),
    ("new ArrayBuffer(1e8)", "memory", ""),
    ("new Array(1e9).fill(0)", "memory", ""),
    ("Array.from({ length: 1e9 })", "memory", ""),
    ("/(?:a|b)*c/.test('ab'.repeat(1e6))", "memory", ""),
    ("while (true) console.log('x'.repeat(1000))", "output", "more than 1 MiB to stdout"),
    ("for (;;) process.stderr.write('x'.repeat(1000))", "output", "1 MiB to stderr"),
    ("for (;;) try { console.log('x'.repeat(1e5)) } catch (e) {}", "output", ""),
    ("console.log('x'.repeat(1e7))", "output", "stdout"),
];

/// What ends with an exception: its type, and words of its message or traceback.
const RAISED: &[Deed] = &[
    ("function f(n) { return f(n + 1) + 1; }\nf(0)", "RangeError", "call stack size exceeded"),
    ("const f = (n) => [1].map(() => f(n + 1)); f(0)", "RangeError", "call stack size"),
    ("class A { toString() { return `${this}`; } }\nString(new A())", "RangeError", "line\":1"),
    ("const p = new Proxy({}, { get(t, k, r) { return r[k]; } }); p.x", "RangeError", ""),
    ("async function f() { await f(); }\nawait f()", "RangeError", ""),
    ("new RegExp('(?:'.repeat(20000) + ')'.repeat(20000))", "SyntaxError", "stack overflow"),
    ("2n ** 100000000n", "RangeError", "BigInt is too large"),
    ("let b = 3n; for (;;) b = b * b", "RangeError", "BigInt is too large"),
    ("let s = 'x'; for (;;) s += s", "InternalError", "string too long"),
    ("import fs from 'fs'", "SyntaxError", "imports and exports no modules"),
    ("export const x = 1", "SyntaxError", "imports and exports no modules"),
    ("import('fs')", "ReferenceError", "imports and exports no modules"),
    ("require('fs').readFileSync('/etc/passwd')", "Error", "this sandbox has no files"),
    ("require('node:fs').writeFileSync('x', 'y')", "Error", "this sandbox has no files"),
    ("require('http')", "Error", "this sandbox has no network"),
    ("require('child_process')", "Error", "this sandbox has no other programs"),
    ("require('worker_threads')", "Error", "this sandbox has no other programs"),
    ("require('left-pad')", "Error", "a few modules of Node and nothing else"),
    ("fetch('http://localhost')", "ReferenceError", "fetch is not defined"),
    ("new XMLHttpRequest()", "ReferenceError", "XMLHttpRequest is not defined"),
    ("new Worker('x')", "ReferenceError", "Worker is not defined"),
    ("std.loadFile('/etc/passwd')", "ReferenceError", "std is not defined"),
    ("os.exec(['ls'])", "ReferenceError", "os is not defined"),
    ("WebAssembly.compile(new Uint8Array())", "ReferenceError", "WebAssembly is not defined"),
    ("await new Promise(() => {})", "Error", "awaits something that never comes"),
    ("throw 'a text'", "string", "a text"),
    ("throw null", "null", "null"),
    ("throw { code: 5 }", "object", "{ code: 5 }"),
    ("Promise.reject(new TypeError('unheard'))", "TypeError", "unheard"),
    ("eval('1 +')", "SyntaxError", "line\":1"),
    ("let e = new Error('x'); e.cause = e; throw e", "Error", "[cause]: Error: x"),
    (
        "const e = new Error('x');\nObject.defineProperty(e, 'message', { get() { for (;;); } });\nthrow e",
        "Error",
        "",
    ),
    (
        "throw new Proxy({}, { get() { for (;;); }, ownKeys() { for (;;); }, getPrototypeOf() { for (;;); } })",
        "Error",
        "",
    ),
];

/// What meddles with the interpreter and is none the wiser: the value of its last line.
const VALUES: &[(&str, &str)] = &[
    (
        "Object.prototype.toString = () => { throw 1 }; Array.prototype.map = null; \
         JSON.stringify = null; String.prototype.replace = null; console.log([1, { a: 2 }]); ({ a: [1] })",
        "{ a: [ 1 ] }",
    ),
    ("Object.prototype.get = () => 7; Object.prototype.value = 8; [{ a: 1 }]", "[ { a: 1 } ]"),
    ("globalThis.console = null; globalThis.process = null; 1", "1"),
    ("Promise.prototype.then = null; await 5", "5"),
    (
        "({ get x() { for (;;); }, toString() { for (;;); } })",
        "{ x: [Getter], toString: [Function: toString] }",
    ),
    ("new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); } })", "<unprintable value>"),
    (
        "const a = Date.now(); setTimeout(() => {}, 1e6); await new Promise((r) => setTimeout(r, 1e6)); Date.now() - a >= 1e6",
        "true",
    ),
    ("'\\ud800 \\u200b'", "'\\uD800 \u{200b}'"),
    ("Math.random() < 1", "true"),
];

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_would_be_printed_is_told_beside_the_value() {
    let javascript = JavaScript::patient();
    for (code, value, text) in [
        ("'it\\'s'", "\"it's\"", json!("it's")),
        ("18n", "18n", json!("18")),
        ("18.50", "18.5", json!("18.5")),
        ("['a', 1n]", "[ 'a', 1n ]", json!("[ 'a', 1n ]")),
        ("'18\\u00a0dollars'", "'18\u{a0}dollars'", json!("18\u{a0}dollars")),
        ("'%d'", "'%d'", json!("%d")),
    ] {
        let answer = javascript.run(code);
        assert_eq!((&answer["value"], &answer["text"]), (&json!(value), &text), "{code}");
    }
    let answer = javascript.run("undefined");
    assert_eq!((&answer["value"], &answer["text"]), (&Value::Null, &Value::Null));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_goes_too_far_is_stopped_and_told() {
    JavaScript::patient().stops(STOPPED);
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_is_not_there_is_an_exception_with_its_reason() {
    let javascript = JavaScript::patient();
    javascript.raises(RAISED);
    javascript.comes_to(VALUES);
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn leaving_is_no_error_and_is_told_as_such() {
    let javascript = JavaScript::patient();
    for (code, status, stdout) in [
        ("process.exit()", 0, ""),
        ("console.log(1); process.exit(3); console.log(2)", 3, "1\n"),
        ("try { process.exit(4) } catch (e) { console.log('still') } for (;;);", 4, ""),
        ("process.exitCode = 5; console.log('goes on')", 5, "goes on\n"),
    ] {
        let answer = javascript.run(code);
        let found = (&answer["outcome"], &answer["status"], &answer["stdout"]);
        assert_eq!(found, (&json!("exit"), &json!(status), &json!(stdout)), "{code}");
    }
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn long_outputs_are_cut_and_say_so() {
    let javascript = JavaScript::patient();
    let kept = |answer: &Value| answer["stdout"].as_str().unwrap().len();
    let answer =
        javascript.run("for (let n = 0; n < 20000; n++) console.log(n); 'x'.repeat(10000)");
    assert_eq!((kept(&answer), &answer["cut"]), (20 << 10, &json!(["value", "text", "stdout"])));
    // Escaped, so that the host hands on what no terminal should see.
    let answer = javascript.run("console.log('\\x1b[2J\\u200b'.repeat(10000))");
    assert!(answer["stdout"].as_str().unwrap().starts_with("\u{1b}[2J\u{200b}"));
    assert_eq!(answer["cut"], json!(["stdout"]));
    let answer = javascript.run("throw new Error('x'.repeat(20000))");
    assert_eq!(answer["cut"], json!(["message", "traceback"]));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn one_call_that_does_not_return_is_ended_by_the_host_and_the_next_one_answers() {
    let javascript = JavaScript::within(Duration::from_secs(1));
    // Exceptions are made without end, and none of them is a step.
    let code = "function f(n) { try { return f(n + 1) } finally { f(n + 1) } }\nf(0)";
    let fault = javascript.perform(&[("code", code)]).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Timeout, "{code}: {fault:?}");
    // Deeper than the stack goes, in the interpreter's own code.
    let javascript = JavaScript::patient();
    for code in [
        "let o = []; for (let i = 0; i < 1e5; i++) o = [o]; JSON.stringify(o)",
        "JSON.parse('['.repeat(200000))",
        "eval('('.repeat(100000))",
    ] {
        let fault = javascript.perform(&[("code", code)]).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Trap, "{code}: {fault:?}");
    }
    assert_eq!(javascript.run("6 * 7")["value"], "42");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn nothing_is_left_for_the_next_call() {
    let javascript = JavaScript::patient();
    let changes = "Object.prototype.mine = 1; globalThis.mine = 2; Math.random(); Date.now(); \
                   console.log.constructor('return this')().Array = null; \
                   setTimeout(() => {}, 1e9); process.env.mine = 3; Math.max = null";
    let looks = "[{}.mine, globalThis.mine === undefined, process.env.mine, Math.max(1, 2), \
                 Math.random(), Date.now(), new Date().getTimezoneOffset()]";
    let before = javascript.run(looks);
    assert_eq!(before["outcome"], "ok");
    assert_eq!(javascript.run(changes)["outcome"], "ok");
    assert_eq!(javascript.run(looks), before);
    assert!(before["value"].as_str().unwrap().contains("undefined, true,"), "{before}");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn arguments_reach_the_program_or_are_refused_by_name() {
    let javascript = JavaScript::patient();
    let fault = javascript.perform(&[("code", "1"), ("steps", "0")]).unwrap_err();
    assert_eq!(fault.kind, FaultKind::Failed);
    assert!(fault.message.ends_with("(bad-argument)"), "{fault:?}");
    let code = "const n = Number(require('fs').readFileSync(0, 'utf8'))";
    let answer = javascript.perform(&[("code", code), ("then", "n + 1"), ("stdin", "4\n")]);
    assert_eq!(answer.unwrap()["value"], "5");
    let answer =
        javascript.perform(&[("code", "const f = () => null.x"), ("then", "2\nf()")]).unwrap();
    let place = (&answer["error"]["file"], &answer["error"]["line"]);
    assert_eq!(place, (&json!("program.js"), &json!(1)), "{answer}");
    let answer = javascript.perform(&[("code", "1"), ("then", "\nthrow new Error('x')")]).unwrap();
    let place = (&answer["error"]["file"], &answer["error"]["line"]);
    assert_eq!(place, (&json!("then.js"), &json!(2)), "{answer}");
    let answer = javascript.perform(&[("code", "while (true);"), ("steps", "1000")]).unwrap();
    assert_eq!((&answer["limit"], &answer["steps"]), (&json!("steps"), &json!(1000)));
}
