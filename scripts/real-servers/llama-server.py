"""Serves one model as llama.cpp does, on a free port of this machine, until its input ends.

Usage: llama-server.py MODEL.gguf [--embeddings]. Prints its address once the model is there.
"""

import sys
import time
import urllib.error
import urllib.request

import xllamacpp

# Tokens of question and answer: all that the model was made for. So small a one does not always come to an
# end by itself, and a question may quote a long answer that was of no use.
CONTEXT = 8192
SLOTS = 2
# Seconds in which the model must be there.
PATIENCE = 120


def main() -> None:
    settings = xllamacpp.CommonParams()
    settings.model.path = sys.argv[1]
    settings.model_alias = {"smollm2"}
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.n_ctx = CONTEXT * SLOTS
    settings.n_parallel = SLOTS
    if "--embeddings" in sys.argv[2:]:
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
