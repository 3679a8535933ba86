"""The loop that every peer carries out: an answer, then three times a critique and a better answer.

Seven calls a loop. What is asked depends on the loop's number and on what was answered before, so
that the server can tell a call that is repeated from one that is new.
"""

import argparse
import json
from pathlib import Path

ROUNDS = 3
CALLS = 1 + 2 * ROUNDS
MODEL = "m"

# The same kind of contract as the recipes have: a JSON object.
FORMAT = {
    "type": "json_schema",
    "json_schema": {
        "name": "words",
        "schema": {
            "type": "object",
            "properties": {"words": {"type": "string"}},
            "required": ["words"],
            "additionalProperties": False,
        },
    },
}


def solve(number):
    return f"Question {number}: how many eggs are in {number} boxes of twelve? Answer in steps."


def critique(number, answer):
    return f"{solve(number)}\nThe answer was: {answer}\nWhat is wrong with it?"


def refine(number, answer, problems):
    return f"{solve(number)}\nThe answer was: {answer}\nThis is wrong: {problems}\nAnswer again."


def words(content):
    return json.loads(content)["words"]


def arguments():
    """What run.py tells every peer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--loops", type=int, required=True)
    parser.add_argument("--in-flight", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="a folder for what is kept")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args()


def client(url, in_flight):
    """openai-python over aiohttp, its quickest transport, with a connection for each loop."""
    import httpx
    from openai import AsyncOpenAI, DefaultAioHttpClient

    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    http = DefaultAioHttpClient(limits=limits, timeout=60)
    return AsyncOpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, http_client=http)


async def ask(client, prompt):
    answer = await client.chat.completions.create(
        model=MODEL, messages=[{"role": "user", "content": prompt}], response_format=FORMAT
    )
    return words(answer.choices[0].message.content)


async def at_most(in_flight, jobs):
    """Carries out all jobs, so many at once."""
    import asyncio

    gate = asyncio.Semaphore(in_flight)

    async def one(job):
        async with gate:
            await job

    await asyncio.gather(*(one(job) for job in jobs))
