//! Programs that mean harm: each ends with a clear result, and the next call finds nothing of it.

use std::time::Duration;

use pentimento_model::FaultKind;
use serde_json::{Value, json};

use super::Python;

/// A program, how it ends, and words that the answer must have.
type Deed = (&'static str, &'static str, &'static str);

/// What runs into a limit of the tool's own: outcome `stopped`, with the limit's name.
const STOPPED: &[Deed] = &[
    ("while True: pass", "steps", "the program took more than 1500000 steps"),
    (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "steps",
        "",
    ),
    (
        "def f(n):\n    return f(n - 1) + f(n - 2)\nf(10**6) if 0 else 0\nwhile 1: 0",
        "steps",
        "line 4",
    ),
    ("sum(1 for _ in iter(int, 1))", "steps", "iter(int, 1)"),
    ("print('begin')\nsum(range(10**12))", "steps", "line 2"),
    ("a = [3, 1, 2] * 10**6\nsorted(a)", "steps", "line 2"),
    (
        "class A:\n    def __len__(self): return 10**9\n    def __iter__(self): return iter(int, 1)\nsum(x for x in A())",
        "steps",
        "line 4",
    ),
    // What is made at run time.
    ("x = 1\nexec('while True: pass')", "steps", "line 2"),
    ("c = compile('while True: pass', 'x', 'exec')\nexec(c)", "steps", "line 2"),
    ("exec('def f():\\n    while True: pass')\nf()", "steps", "line 2"),
    ("f = eval('lambda: [0 for _ in iter(int, 1)]')\nf()", "steps", "line 2"),
    (
        "class A: pass\nexec('def f(self):\\n while 1: 0', vars())\nA.x = f\nA().x()",
        "steps",
        "line 4",
    ),
    // Turns that are not short, and the library's own loops.
    (
        "n = 27\nseen = []\nwhile n != 0:\n    n = n * 3 + 1 if n % 2 else n // 2\n    \
         seen = seen[-5:] + [n]\n    text = ','.join(map(str, seen))",
        "steps",
        "program.py",
    ),
    (
        "words = {}\ni = 0\nwhile True:\n    key = 'k%d' % (i % 100)\n    words[key] = \
         words.get(key, 0) + 1\n    best = max(words.values())\n    i += 1",
        "steps",
        "program.py",
    ),
    (
        "from fractions import Fraction\nx = Fraction(1, 3)\nwhile x != 1:\n    x = (x + \
         Fraction(1, 2)) / 2\n    x = x.limit_denominator(1000)",
        "steps",
        "program.py",
    ),
    ("x = []\nwhile True:\n    x.append(' ' * 10**6)", "memory", "line 3"),
    ("def f():\n    x = [0]\n    while True: x += x\nf()", "memory", "in f"),
    ("'a' * (1 << 30)", "memory", "MemoryError"),
    ("import itertools\nlist(itertools.count())", "memory", "line 2"),
    ("while True: print('x' * 1000)", "output", "more than 1 MiB to stdout"),
    ("import sys\nwhile True: sys.stderr.write('x' * 1000)", "output", "1 MiB to stderr"),
    ("print('x' * 10**7)", "output", "stdout"),
];

/// What ends with an exception: its type, and words of its message or traceback.
const RAISED: &[Deed] = &[
    ("def f(n): return f(n + 1)\nf(0)", "RecursionError", "[Previous line repeated"),
    (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)",
        "RecursionError",
        "",
    ),
    ("class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError", "line 2"),
    ("import os", "ImportError", "this sandbox has no files"),
    ("import os.path", "ImportError", "no files"),
    ("from pathlib import Path", "ImportError", "no files"),
    ("import socket", "ImportError", "this sandbox has no network"),
    ("import urllib.request", "ImportError", "no network"),
    ("import subprocess", "ImportError", "no other programs"),
    ("import ctypes", "ImportError", "no other programs"),
    ("import threading", "ImportError", "no threads"),
    ("import importlib", "ImportError", "no import machinery"),
    ("import numpy as np", "ModuleNotFoundError", "No module named 'numpy'"),
    ("open('/etc/passwd')", "PermissionError", "this sandbox has no files"),
    ("import io\nio.open('x', 'w')", "PermissionError", "no files"),
    ("import sys\nsys.modules['os'].listdir('/')", "PermissionError", "no operating system"),
    ("import sys\nsys.modules['os']._exit(0)", "PermissionError", "no operating system"),
    ("__import__('os').system('ls')", "ImportError", "no files"),
    ("import sys\nsys.stdout.close()\nprint(1)", "ValueError", "closed file"),
    ("import sys\ndel sys.stdout\nprint(1)", "RuntimeError", "lost sys.stdout"),
    ("raise BaseException('x')", "BaseException", "x"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
    ("breakpoint()", "RuntimeError", "no debugger"),
    ("input()", "EOFError", ""),
    (
        "class E(Exception):\n    def __str__(self): raise E\nraise E",
        "E",
        "<unprintable E object: E>",
    ),
    ("import queue\nqueue.Queue().get()", "RuntimeError", "this sandbox has one thread"),
    ("import queue\nqueue.SimpleQueue().get()", "RuntimeError", "one thread"),
    ("import queue\nqueue.Queue(1).join() or queue.Queue().get(timeout=9)", "Empty", "line 2"),
    ("import queue\nq = queue.Queue(1)\nq.put(1)\nq.put(2)", "RuntimeError", "line 4"),
    (
        "import sys\nlock = sys.modules['threading'].Lock()\nlock.acquire()\nlock.acquire()",
        "RuntimeError",
        "line 4",
    ),
    ("import sys\nsys.modules['threading'].Event().wait()", "RuntimeError", "one thread"),
    (
        "import sys\nc = sys.modules['threading'].Condition()\nwith c: c.wait()",
        "RuntimeError",
        "one thread",
    ),
    ("import sys\nsys.modules['threading'].Semaphore(0).acquire()", "RuntimeError", "one thread"),
    (
        "import sys\nt = sys.modules['threading']\nt.Thread(target=print).start()",
        "RuntimeError",
        "start new thread",
    ),
    ("import sys\nsys.modules.clear()\n1 / 0", "ZeroDivisionError", "line 3"),
    (
        "import json, traceback\njson.dumps = traceback.TracebackException = None\n1 / 0",
        "ZeroDivisionError",
        "line",
    ),
    ("x = '\0'", "SyntaxError", "null bytes"),
    ("eval('1 +')", "SyntaxError", "line 1"),
    ("import sys\nsys.monitoring.free_tool_id(0)", "AttributeError", "monitoring"),
];

/// What meddles with the interpreter and is none the wiser: the value of its last line.
const VALUES: &[(&str, &str)] = &[
    ("import builtins\nbuiltins.len = lambda x: 7\nlen('abc')", "7"),
    ("import sys, io\nsys.stdout = io.StringIO()\nprint('x')\n1", "1"),
    ("import sys\nsys.stdout.detach()\n1", "1"),
    ("import random\nrandom.random() < 1", "True"),
    ("import time\na = time.time()\ntime.sleep(1000)\ntime.time() - a >= 1000", "True"),
    (
        "class A:\n    def __repr__(self):\n        while True: pass\nA()",
        "<unprintable A object: StepLimit: the program took more than 1000000 steps>",
    ),
    (
        "10**5000",
        "<unprintable int object: ValueError: Exceeds the limit (4300 digits) for integer string \
         conversion; use sys.set_int_max_str_digits() to increase the limit>",
    ),
    (
        "exec('class A:\\n def __repr__(s):\\n  while 1: 0')\nA()",
        "<unprintable A object: StepLimit: the program took more than 1000000 steps>",
    ),
    ("import queue\nq = queue.SimpleQueue()\nq.put(7)\nq.get()", "7"),
    (
        "import sys, time\nt = time.time()\ne = sys.modules['threading'].Event()\n\
         (e.wait(60), time.time() - t >= 60)",
        "(False, True)",
    ),
    ("'\\ud800\\u200b'", "'\\ud800\\u200b'"),
];

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_goes_too_far_is_stopped_and_told() {
    Python::patient().stops(STOPPED);
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_is_not_there_is_an_exception_with_its_reason() {
    let python = Python::patient();
    python.raises(RAISED);
    python.comes_to(VALUES);
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn what_would_be_printed_is_told_beside_the_value() {
    let python = Python::patient();
    for (code, value, text) in [
        ("from fractions import Fraction\nFraction(36, 2)", "Fraction(18, 1)", json!("18")),
        ("from decimal import Decimal\nDecimal('18.00')", "Decimal('18.00')", json!("18.00")),
        ("'18\\u00a0dollars'", "'18\\xa0dollars'", json!("18\u{a0}dollars")),
        ("'it\\'s \\\\ \\n'", "\"it's \\\\ \\n\"", json!("it's \\ \n")),
        ("18.50", "18.5", json!("18.5")),
        ("[1, 'a']", "[1, 'a']", json!("[1, 'a']")),
        (
            "class A:\n    def __repr__(self): return 'A'\n    def __str__(self): return 1 / 0\nA()",
            "A",
            Value::Null,
        ),
    ] {
        let answer = python.run(code);
        assert_eq!((&answer["value"], &answer["text"]), (&json!(value), &text), "{code}");
    }
    let answer = python.run("None");
    assert_eq!((&answer["value"], &answer["text"]), (&Value::Null, &Value::Null));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn every_call_takes_the_same_steps() {
    let python = Python::patient();
    let code = "from fractions import Fraction\nexec('x = [n for n in range(9)]')\n\
                sum(Fraction(1, n) for n in range(1, 30))";
    let (first, second) = (python.run(code), python.run(code));
    assert_eq!((&first["outcome"], &first["steps"]), (&json!("ok"), &second["steps"]));
    assert!(first["steps"].as_u64().unwrap() > 100, "the library's are among them: {first}");
    // What a program calls may be anything; counting it runs none of it.
    let odd = "class A:\n    def __hash__(self): raise KeyError\n    def __len__(self): raise KeyError\n    \
               def __call__(self, x): return 7\na = A()\n(a(a), type(a).__call__(a, 1), len([a]))";
    assert_eq!(python.run(odd)["value"], "(7, 7, 1)");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn leaving_is_no_error_and_is_told_as_such() {
    let python = Python::patient();
    for (code, status, stderr) in [
        ("import sys\nsys.exit()", 0, ""),
        ("exit(3)", 3, ""),
        ("raise SystemExit('no luck')", 1, "no luck\n"),
        ("class I(int):\n    def __int__(self): return 1 / 0\nraise SystemExit(I(4))", 4, ""),
    ] {
        let answer = python.run(code);
        let found = (&answer["outcome"], &answer["status"], &answer["stderr"]);
        assert_eq!(found, (&json!("exit"), &json!(status), &json!(stderr)), "{code}");
    }
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn long_outputs_are_cut_and_say_so() {
    let python = Python::patient();
    let kept = |answer: &Value| answer["stdout"].as_str().unwrap().len();
    let answer = python.run("for n in range(20000): print(n)\n'x' * 10000");
    assert_eq!((kept(&answer), &answer["cut"]), (20 << 10, &json!(["value", "text", "stdout"])));
    // Escaped, so that the host hands on what no terminal should see.
    let answer = python.run("print('\\x1b[2J\\u200b' * 10000)");
    assert!(answer["stdout"].as_str().unwrap().starts_with("\u{1b}[2J\u{200b}"));
    assert_eq!(answer["cut"], json!(["stdout"]));
    let chain = "def f(n):\n    try: f(n - 1) if n else 1 / 0\n    except Exception as e: raise \
                 ValueError('x' * 500) from e\nf(50)";
    let answer = python.run(chain);
    assert_eq!(answer["cut"], json!(["traceback"]));
    assert!(answer["error"]["traceback"].as_str().unwrap().ends_with("xxx"));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn one_call_that_does_not_return_is_ended_by_the_host_and_the_next_one_answers() {
    let python = Python::within(Duration::from_secs(1));
    for code in ["10**10**8", "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"] {
        let fault = python.perform(&[("code", code)]).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Timeout, "{code}: {fault:?}");
    }
    // Deeper than the stack goes, in the interpreter's own code.
    let python = Python::patient();
    let fault = python.perform(&[("code", "x = []\nfor _ in range(10**5): x = [x]\nrepr(x)")]);
    assert_eq!(fault.unwrap_err().kind, FaultKind::Trap);
    assert_eq!(python.run("6 * 7")["value"], "42");
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn nothing_is_left_for_the_next_call() {
    let python = Python::patient();
    let changes = "import builtins, json, random, sys, time\njson.mine = sys.mine = 1\n\
                   builtins.mine = 1\nrandom.seed(5)\ntime.sleep(9)\nmine = 1";
    let looks = "import builtins, json, random, sys, time, uuid\n(hasattr(json, 'mine'), \
                 hasattr(sys, 'mine'), hasattr(builtins, 'mine'), 'mine' in globals(), \
                 random.random(), time.time(), str(uuid.uuid4()), hash('a'), sorted({'a', 'b'}))";
    let before = python.run(looks);
    assert_eq!(before["outcome"], "ok");
    assert_eq!(python.run(changes)["outcome"], "ok");
    assert_eq!(python.run(looks), before);
    assert!(before["value"].as_str().unwrap().starts_with("(False, False, False, False, 0."));
}

#[test]
#[ignore = "run by scripts/test-languages, which builds the component"]
fn arguments_that_cannot_be_used_are_refused_by_name() {
    let python = Python::patient();
    let long = " ".repeat(300 << 10);
    for (arguments, words) in [
        (&[][..], "`code` is missing"),
        (&[("code", "1"), ("code", "2")], "`code` is given twice"),
        (&[("code", "1"), ("timeout", "5")], "`timeout` is none of code, stdin, steps, then"),
        (&[("code", "1"), ("steps", "0")], "from 1 to 10000000, not `0`"),
        (&[("code", "1"), ("steps", "many")], "not `many`"),
        (&[("code", &*long)], "`code` is longer than 256 KiB"),
    ] {
        let fault = python.perform(arguments).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Failed);
        assert!(fault.message.contains(words) && fault.message.ends_with("(bad-argument)"));
    }
    let answer =
        python.perform(&[("code", "n = int(input())"), ("then", "n + 1"), ("stdin", "4\n")]);
    assert_eq!(answer.unwrap()["value"], "5");
    let answer = python.perform(&[("code", "f = lambda: 1 / 0"), ("then", "2\nf()")]).unwrap();
    assert_eq!(
        (&answer["error"]["file"], &answer["error"]["line"]),
        (&json!("program.py"), &json!(1))
    );
    let answer = python.perform(&[("code", "while True: pass"), ("steps", "1000")]).unwrap();
    assert_eq!((&answer["limit"], &answer["steps"]), (&json!("steps"), &json!(1000)));
}
