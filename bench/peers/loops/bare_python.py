"""The bare client of Python: openai-python over aiohttp, nothing kept."""

import asyncio

import loop


async def one(client, number):
    answer = await loop.ask(client, loop.solve(number))
    for _ in range(loop.ROUNDS):
        problems = await loop.ask(client, loop.critique(number, answer))
        answer = await loop.ask(client, loop.refine(number, answer, problems))


async def main():
    said = loop.arguments()
    async with loop.client(said.url, said.in_flight) as client:
        await loop.at_most(said.in_flight, [one(client, number) for number in range(said.loops)])


asyncio.run(main())
