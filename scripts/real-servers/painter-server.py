"""Serves a painter as stable-diffusion.cpp does, on a free port of this machine, until its input ends.

Usage: painter-server.py FOLDER, as `scripts/install-real-painter` leaves it.
Prints its address once the model is there. Standard library alone.
"""

import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

# Seconds in which the model must be there, however busy the machine is.
PATIENCE = 120
# Two steps paint as much noise as twenty, and 64 by 64 pixels are enough of it.
STEPS = 2
SIZE = 64


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def start(folder: pathlib.Path, port: int) -> subprocess.Popen:
    options = {
        "--listen-ip": "127.0.0.1",
        "--listen-port": port,
        "--diffusion-model": folder / "painter.safetensors",
        "--taesd": folder / "eyes.safetensors",
        "--clip_l": folder / "words.safetensors",
        "--threads": 1,
        "--steps": STEPS,
        "--cfg-scale": 1,
        "--width": SIZE,
        "--height": SIZE,
    }
    words = [str(word) for pair in options.items() for word in pair]
    return subprocess.Popen(
        [folder / "sd-server", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until_ready(server: subprocess.Popen, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            sys.exit(f"the server ended with {server.returncode}")
        try:
            urllib.request.urlopen(f"{address}/v1/models", timeout=10).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("the model was not there in time")


def main() -> None:
    port = free_port()
    server = start(pathlib.Path(sys.argv[1]), port)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(server, address)
        print(address, flush=True)
        sys.stdin.read()
    finally:
        server.kill()
        server.wait()


main()
