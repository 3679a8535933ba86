#!/usr/bin/env python3
"""Measures loops of model calls beside other programs, all against the same scripted server.

    bench/peers/loops/run.py [--in-flight 20,50,100,500] [--latency 100] [--waves 4] [--only NAME …]
                             [--recipe NAME --calls N] [--loops N] [--crash] [--json FILE] [--install] [--keep]

What is compared: the loop of seven calls in loop.py, which is the recipe `self-refine` of three
rounds. Each row is a process of its own. A peer that cannot be had is `not run`, never guessed.
Python's packages go to a folder of their own (--install); the rest is built by

    cargo build --release -p pentimento-cli -p pentimento-scripted
    cargo build --release --locked --manifest-path bench/peers/bare/Cargo.toml

with the same CARGO_TARGET_DIR, or in the target folders of each. Another recipe, of which --calls says how many
calls it makes, is one that only ours knows; 10,000 briefs of four calls each are

    bench/peers/loops/run.py --recipe critic --calls 4 --loops 10000 --latency 20 --in-flight 512 --only "sync = stage"
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pentimento"
PLACES = CACHE / "peers-places"
VENV = CACHE / "peers-loops"
CALLS = 7


def built(name, own):
    """A program that was built, in the shared target folder or its own."""
    folder = Path(os.environ.get("CARGO_TARGET_DIR", own / "target"))
    return folder / "release" / name


SETTINGS = """
[roles]
writer = "openai/m"
[prices]
"openai/m" = {{}}
[providers.openai]
calls-at-once = {in_flight}
"""
PLUGINS = """
[plugins.verify-steps]
mode = "enforce"
"""


class Pentimento:
    """The product: a batch of briefs with the recipe, one critic in WebAssembly, the journal."""

    recipe, calls, may_lack = "self-refine", CALLS, 0

    def __init__(self, sync):
        self.name = f"pentimento, sync = {sync}"
        self.sync = sync
        self.program = built("pentimento", ROOT)

    def missing(self):
        return None if self.program.exists() else f"{self.program} is not built"

    def command(self, url, loops, in_flight, state, _resume):
        config = state / "config" / "pentimento"
        config.mkdir(parents=True, exist_ok=True)
        (config / "settings.toml").write_text(SETTINGS.format(in_flight=in_flight))
        (state / "pentimento.toml").write_text(PLUGINS)
        briefs = state / "briefs.jsonl"
        lines = [
            {"idea": f"Question {n}: how many eggs are in {n} boxes of twelve? Answer in steps."}
            for n in range(loops)
        ]
        briefs.write_text("".join(json.dumps(line) + "\n" for line in lines))
        words = [self.program, "run", briefs, "--recipe", self.recipe, "--sync", self.sync]
        words += ["--concurrency", in_flight, "--results", state / "results.jsonl", "--quiet"]
        return words, {
            "OPENAI_API_KEY": "sk-no-key-of-anyone",
            "OPENAI_BASE_URL": f"{url}/v1",
            "XDG_CONFIG_HOME": str(state / "config"),
        }

    def kept(self, state):
        return size(state / "runs")

    # 3: some result was not accepted, which is so for all of them here.
    well = (0, 3)


class Python:
    """A peer of one Python file in this folder."""

    calls, may_lack = CALLS, 0

    def __init__(self, name, file, *flags, keeps=True):
        self.name, self.file, self.flags, self.keeps = name, file, flags, keeps

    def missing(self):
        python = VENV / "bin" / "python"
        return None if python.exists() else "not installed; say --install"

    def command(self, url, loops, in_flight, state, resume):
        words = [VENV / "bin" / "python", HERE / self.file, "--url", url, "--loops", loops]
        words += ["--in-flight", in_flight, "--state", state, *self.flags]
        return words + (["--resume"] if resume else []), {}

    def kept(self, state):
        return size(state)

    well = (0,)


class Bare:
    """reqwest alone."""

    name = "bare reqwest"
    well = (0,)
    calls, may_lack = CALLS, 0

    def __init__(self):
        self.program = built("bare-peer", HERE.parent / "bare")

    def missing(self):
        return None if self.program.exists() else f"{self.program} is not built"

    def command(self, url, loops, in_flight, _state, _resume):
        return [self.program, url, loops, in_flight], {}

    def kept(self, _state):
        return 0


PEERS = [
    Bare(),
    Pentimento("stage"),
    Pentimento("always"),
    Pentimento("never"),
    Python("openai-python over aiohttp", "bare_python.py"),
    Python("LangGraph", "langgraph_peer.py"),
    Python("LangGraph, SQLite checkpointer", "langgraph_peer.py", "--sqlite"),
    Python("Inspect", "inspect_peer.py"),
]


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Server:
    """The scripted server, to every call of which the same happens; a number is a latency."""

    def __init__(self, act):
        program = built("scripted", ROOT)
        if not program.exists():
            sys.exit(f"error: {program} is not built\nhint: cargo build --release -p pentimento-cli -p pentimento-scripted")
        act = act if isinstance(act, dict) else {"fit": act}
        words = [str(program), "0", json.dumps(act)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def stats(self):
        with urllib.request.urlopen(f"{self.url}/stats") as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def place():
    """A folder for what is kept. All are removed in the end: a file system that has just removed
    thousands of files is slow at making new ones, which would be charged to whoever comes next."""
    return Path(tempfile.mkdtemp(dir=PLACES))


def begin(peer, server, loops, in_flight, state, resume=False):
    words, variables = peer.command(server.url, loops, in_flight, state, resume)
    home = {"HOME": str(state), "XDG_CACHE_HOME": str(CACHE / "peers-home")}
    environment = {"PATH": os.environ["PATH"], **home, **variables}
    with open(state / "log", "wb") as log:
        return subprocess.Popen(
            [str(word) for word in words], env=environment, cwd=state, stdout=log, stderr=log
        )


def resident(pid):
    """Bytes of memory that a process has at this moment."""
    try:
        fields = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in fields.splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) * 1024 if lines else 0


def watched(process, pause):
    """Waits for a process: what it took of the machine, and its memory once a pause."""
    samples, done = [], threading.Event()

    def watch():
        while not done.wait(pause):
            samples.append(resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watcher.join()
    return usage, samples


def carry_out(peer, latency, loops, in_flight):
    """One process from start to end: what it took."""
    state = place()
    with Server(latency) as server:
        # What others left to be written is not charged to whoever comes next.
        os.sync()
        began = time.monotonic()
        usage, samples = watched(begin(peer, server, loops, in_flight, state), 0.1)
        wall = time.monotonic() - began
        stats = server.stats()
        if not 0 <= loops * peer.calls - stats["calls"] <= loops * peer.may_lack:
            end = (state / "log").read_text(errors="replace")[-2000:]
            sys.exit(f"error: {peer.name} made {stats['calls']} calls of {loops * peer.calls}:\n{end}")
        half = len(samples) // 2
        return {
            "calls": stats["calls"],
            "span": stats["span_ms"] / 1000,
            "wall": wall,
            "most_in_flight": stats["most_in_flight"],
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak": usage.ru_maxrss * 1024,
            "rss_first_half": max(samples[:half], default=0),
            "rss_second_half": max(samples[half:], default=0),
            "kept": peer.kept(state),
        }


def measure(peer, latency, in_flight, loops):
    """Figures of one row: so many loops, and one alone to know the start by."""
    alone = min((carry_out(peer, 0, 1, 1) for _ in range(3)), key=lambda row: row["wall"])
    row = carry_out(peer, latency, loops, in_flight)
    rate = row["calls"] / row["span"]
    return {
        "peer": peer.name,
        "in_flight": in_flight,
        "calls_per_second": round(rate, 1),
        "share_of_ideal": round(rate / (in_flight / latency * 1000), 3),
        "cpu_ms_per_call": round(1000 * (row["cpu"] - alone["cpu"]) / (row["calls"] - peer.calls), 3),
        "peak_mib": round(row["peak"] / 2**20, 1),
        "peak_mib_of_halves": "; ".join(
            str(round(row[half] / 2**20)) for half in ("rss_first_half", "rss_second_half")
        ),
        "cold_start_ms": round(1000 * alone["wall"]),
        "kept_bytes_per_call": round(row["kept"] / row["calls"]),
    }


def crash(peer, latency, in_flight):
    """Killed when half of the calls were answered, and started again."""
    loops = in_flight * 4
    state = place()
    with Server(latency) as server:
        process = begin(peer, server, loops, in_flight, state)
        while server.stats()["calls"] < loops * peer.calls // 2:
            if process.poll() is not None:
                sys.exit(f"error: {peer.name} ended early")
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before = server.stats()["calls"]
        ended = begin(peer, server, loops, in_flight, state, resume=True).wait()
        stats = server.stats()
        if ended not in peer.well:
            print((state / "log").read_text(errors="replace")[-1500:], file=sys.stderr)
        return {
            "peer": peer.name,
            "in_flight": in_flight,
            "calls_before": before,
            "calls_after": stats["calls"] - before,
            "repeated_completed_calls": stats["repeated"],
            "whole": ended in peer.well and stats["calls"] - stats["repeated"] >= loops * peer.calls,
        }


def install():
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [VENV / "bin" / "pip", "install", "-q", "-r", HERE / "requirements.txt"]
    subprocess.run(pip, check=True)


def table(rows):
    """Rows as a table that a page can take over."""
    names = list(rows[0])
    print("| " + " | ".join(name.replace("_", " ") for name in names) + " |")
    print("|" + "---|" * len(names))
    for row in rows:
        print("| " + " | ".join(str(row.get(name, "")) for name in names) + " |", flush=True)


def rows_of(peers, said):
    for in_flight in map(int, said.in_flight.split(",")):
        for peer in peers:
            loops = said.loops or in_flight * said.waves
            row = crash(peer, said.latency, in_flight) if said.crash else \
                measure(peer, said.latency, in_flight, loops)
            print(json.dumps(row), file=sys.stderr, flush=True)
            yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--in-flight", default="20,50,100,500")
    parser.add_argument("--latency", type=int, default=100, help="milliseconds")
    parser.add_argument("--waves", type=int, default=4, help="loops for each one in flight")
    parser.add_argument("--loops", type=int, help="so many in all, whatever is in flight")
    parser.add_argument("--recipe", help="another recipe, of ours alone")
    parser.add_argument("--calls", type=int, help="calls that it makes")
    parser.add_argument("--only", action="append", help="peers whose name contains this")
    parser.add_argument("--crash", action="store_true", help="the crash row alone")
    parser.add_argument("--json", type=Path, help="also write the rows here")
    parser.add_argument("--install", action="store_true", help="install Python's packages first")
    parser.add_argument("--keep", action="store_true", help="leave the runs, and the file system as quick as it is")
    said = parser.parse_args()
    if bool(said.recipe) != bool(said.calls):
        parser.error("--recipe and --calls belong together")
    if said.recipe:
        Pentimento.recipe, Pentimento.calls = said.recipe, said.calls
        # Two answers of the scripted server may be alike by chance, and a recipe may stop at that.
        Pentimento.may_lack = 0.01
    PLACES.mkdir(parents=True, exist_ok=True)
    if said.install:
        install()
    known = [p for p in PEERS if not said.recipe or isinstance(p, Pentimento)]
    chosen = [p for p in known if not said.only or any(word in p.name for word in said.only)]
    missing = [(peer, peer.missing()) for peer in chosen if peer.missing()]
    for peer, why in missing:
        print(f"{peer.name}: not run ({why})", file=sys.stderr)
    chosen = [peer for peer in chosen if not peer.missing()]
    try:
        rows = list(rows_of(chosen, said))
    finally:
        for folder in () if said.keep else (PLACES, CACHE / "peers-home"):
            shutil.rmtree(folder, ignore_errors=True)
    if rows:
        table(rows)
    if said.json:
        said.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
