"""LangGraph: a graph of two nodes that call the model, with and without its SQLite checkpointer."""

import asyncio
from contextlib import AsyncExitStack
from typing import TypedDict

import loop
from langgraph.graph import END, START, StateGraph


class State(TypedDict):
    number: int
    rounds: int
    answer: str
    problems: str


def graph(client):
    async def generate(state):
        number = state["number"]
        if not state["answer"]:
            return {"answer": await loop.ask(client, loop.solve(number))}
        prompt = loop.refine(number, state["answer"], state["problems"])
        return {"answer": await loop.ask(client, prompt), "rounds": state["rounds"] + 1}

    async def critique(state):
        prompt = loop.critique(state["number"], state["answer"])
        return {"problems": await loop.ask(client, prompt)}

    def onward(state):
        return "critique" if state["rounds"] < loop.ROUNDS else END

    drawn = StateGraph(State)
    drawn.add_node("generate", generate)
    drawn.add_node("critique", critique)
    drawn.add_edge(START, "generate")
    drawn.add_conditional_edges("generate", onward)
    drawn.add_edge("critique", "generate")
    return drawn


async def one(app, number, resume):
    config = {"configurable": {"thread_id": str(number)}}
    if resume:
        before = await app.aget_state(config)
        if before.values:
            if before.next:
                await app.ainvoke(None, config)
            return
    begin = {"number": number, "rounds": 0, "answer": "", "problems": ""}
    await app.ainvoke(begin, config)


async def main():
    said = loop.arguments()
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(loop.client(said.url, said.in_flight))
        saver = None
        if said.sqlite:
            from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

            path = str(said.state / "checkpoints.sqlite")
            saver = await stack.enter_async_context(AsyncSqliteSaver.from_conn_string(path))
        app = graph(client).compile(checkpointer=saver)
        resume = said.resume and said.sqlite
        jobs = [one(app, number, resume) for number in range(said.loops)]
        await loop.at_most(said.in_flight, jobs)


asyncio.run(main())
