"""Serves one model as llama.cpp does, on this machine alone, until its input ends.

Usage: llama-server.py MODEL.gguf [--name NAME] [--port PORT] [--slots N] [--threads N] [--embeddings]

Prints its address once the model is there. The model is called NAME, after its file unless said
otherwise; what it answers says so together with the beginning of the file's SHA-256, so that whoever keeps
its answers knows which weights gave them. Slots answer at the same time, and share the work of reading
the weights. Without a port a free one is taken.
"""

import argparse
import hashlib
import pathlib
import sys
import time
import urllib.error
import urllib.request

import xllamacpp

# Tokens of question and answer: all that the models were made for. So small a one does not always come to an
# end by itself, and a question may quote a long answer that was of no use.
CONTEXT = 8192
# Seconds in which the model must be there.
PATIENCE = 120
# Seconds that the server waits for whoever is slow, or stopped for a while: a day.
TIMEOUT = 86400
# Hexadecimal digits of the file's SHA-256 in the model's name.
DIGITS = 12


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--name")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--slots", type=int, default=2)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--embeddings", action="store_true")
    asked = parser.parse_args()
    with asked.model.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    settings = xllamacpp.CommonParams()
    settings.model.path = str(asked.model)
    settings.model_alias = {f"{asked.name or asked.model.stem}@{digest[:DIGITS]}"}
    settings.hostnames = ["127.0.0.1"]
    settings.port = asked.port
    settings.n_ctx = CONTEXT * asked.slots
    settings.n_parallel = asked.slots
    settings.timeout_read = settings.timeout_write = TIMEOUT
    if asked.threads:
        settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = asked.threads
    if asked.embeddings:
        settings.embedding = True
        settings.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    settings.ui = False
    server = xllamacpp.Server(settings)
    wait_until_ready(server.listening_address)
    print(server.listening_address, flush=True)
    sys.stdin.read()


def wait_until_ready(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=10).close()
            return
        except urllib.error.HTTPError:
            time.sleep(0.05)
    sys.exit("the model was not there in time")


main()
