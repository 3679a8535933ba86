#!/usr/bin/env python3
"""Measures many runs of `idea2img` at once over HTTP, against the scripted server.

    bench/peers/pictures/run.py [--runs 64] [--latency 50] [--sides 256,512] [--sync never,stage]
                                [--again 3] [--json FILE] [--keep]

Writer, seer and painter are models behind one provider; every call is answered after the latency. A
picture is a PNG with the grain of a photograph, another one for each prompt. Each run makes its calls
one after the other, so the ideal is calls times latency, however many runs there are. What a process
does once, and the bundled detector's look at the best picture of a round, are not taken off the
wall; the processor's time of a run alone is, and what the detector takes is told beside it.

    cargo build --release -p pentimento-cli -p pentimento-scripted
"""

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "loops"))
import run as loops  # noqa: E402

SETTINGS = """
[roles]
writer = "openai/m"
seer = "openai/m"
painter = "openai/m"
[prices]
"openai/m" = {{}}
[providers.openai]
calls-at-once = {in_flight}
"""


class Pictures(loops.Pentimento):
    """The product: a batch of ideas with the recipe `idea2img`."""

    def command(self, url, runs, in_flight, state, _resume):
        words, variables = super().command(url, runs, in_flight, state, _resume)
        config = state / "config" / "pentimento" / "settings.toml"
        config.write_text(SETTINGS.format(in_flight=in_flight))
        (state / "pentimento.toml").write_text("")
        ideas = [{"idea": f"{n} red apples to the left of a blue cup"} for n in range(1, runs + 1)]
        briefs = state / "briefs.jsonl"
        briefs.write_text("".join(json.dumps(idea) + "\n" for idea in ideas))
        at = words.index("--recipe") + 1
        words[at] = "idea2img"
        return words, variables


def carry_out(peer, act, runs):
    """One process from start to end: what it took."""
    state = loops.place()
    with loops.Server(act) as server:
        # What others left to be written is not charged to whoever comes next.
        os.sync()
        began = time.monotonic()
        process = loops.begin(peer, server, runs, runs, state)
        usage, samples = loops.watched(process, 0.02)
        wall = time.monotonic() - began
        stats = server.stats()
        server_cpu = loops_cpu(server.process.pid)
    if process.returncode not in peer.well or stats["calls"] % runs:
        end = (state / "log").read_text(errors="replace")[-2000:]
        sys.exit(f"error: {stats['calls']} calls of {runs} runs, exit {process.returncode}:\n{end}")
    pictures = [path for path in (state / "runs").rglob("*.png")]
    return {
        "calls": stats["calls"],
        "span": stats["span_ms"] / 1000,
        "most_in_flight": stats["most_in_flight"],
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "server_cpu": server_cpu,
        "peak": max([*samples, usage.ru_maxrss * 1024]),
        "pictures": sum(path.stat().st_size for path in pictures),
        "files": len(pictures),
    }


def loops_cpu(pid):
    """Seconds of processor that a process that still runs has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(sync, side, said):
    peer = Pictures(sync)
    act = {"draw": [said.latency, side]}
    alone = min((carry_out(peer, {"draw": [0, side]}, 1) for _ in range(2)), key=lambda row: row["cpu"])
    rows = [carry_out(peer, act, said.runs) for _ in range(said.again)]
    row = min(rows, key=lambda row: row["span"])
    ideal = row["calls"] / said.runs * said.latency / 1000
    more = row["calls"] - alone["calls"]
    spare = row["peak"] - row["pictures"] - (alone["peak"] - alone["pictures"])
    return {
        "side": side,
        "sync": sync,
        "kB_a_picture": round(alone["pictures"] / max(1, alone["files"]) / 1000),
        "calls_a_run": row["calls"] // said.runs,
        "ideal_s": round(ideal, 2),
        "span_s": round(row["span"], 2),
        "ratio": round(row["span"] / ideal, 2),
        "wall_s": round(row["wall"], 2),
        "cpu_ms_a_call": round(1000 * (row["cpu"] - alone["cpu"]) / more, 2),
        "server_ms_a_call": round(1000 * (row["server_cpu"] - alone["server_cpu"]) / more, 2),
        "memory_MiB": round(row["peak"] / 2**20),
        "beyond_pictures_MB_a_run": round(spare / (said.runs - 1) / 1e6, 2),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=64, help="all of them at once")
    parser.add_argument("--latency", type=int, default=50, help="milliseconds")
    parser.add_argument("--sides", default="256,512", help="pixels")
    parser.add_argument("--sync", default="never,stage")
    parser.add_argument("--again", type=int, default=3, help="the quickest of so many is told")
    parser.add_argument("--json", type=Path, help="also write the rows here")
    parser.add_argument("--keep", action="store_true", help="leave the runs, and the file system as quick as it is")
    said = parser.parse_args()
    missing = Pictures("never").missing()
    if missing:
        sys.exit(f"error: {missing}")
    loops.PLACES.mkdir(parents=True, exist_ok=True)
    rows = []
    try:
        for side in map(int, said.sides.split(",")):
            for sync in said.sync.split(","):
                rows.append(measure(sync, side, said))
                print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    finally:
        for folder in () if said.keep else (loops.PLACES, loops.CACHE / "peers-home"):
            shutil.rmtree(folder, ignore_errors=True)
    loops.table(rows)
    if said.json:
        said.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
