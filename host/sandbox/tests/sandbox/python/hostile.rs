//! Programs that mean harm: each ends with a clear result, and the next call finds nothing of it.

use std::time::Duration;

use pentimento_model::FaultKind;
use serde_json::{Value, json};

use super::Python;

/// A program, how it ends, and words that the answer must have.
type Deed = (&'static str, &'static str, &'static str);

/// What runs into a limit of the tool's own: outcome `stopped`, with the limit's name.
const STOPPED: &[Deed] = &[
    ("while True: pass", "steps", "the program took more than 2000000 steps"),
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
    ("class E(Exception):\n    def __str__(self): raise E\nraise E", "E", "<unprintable E object>"),
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
    ("class A:\n    def __repr__(self):\n        while True: pass\nA()", "<unprintable A object>"),
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
    assert_eq!((kept(&answer), &answer["cut"]), (20 << 10, &json!(["value", "stdout"])));
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
