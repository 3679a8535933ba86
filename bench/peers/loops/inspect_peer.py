"""Inspect: a task of one sample a loop, whose solver calls the model; its own provider and log."""

import os

import loop

said = loop.arguments()
os.environ["BARE_BASE_URL"] = f"{said.url}/v1"
os.environ["BARE_API_KEY"] = "none"

from inspect_ai import Task, eval, eval_retry, task  # noqa: E402
from inspect_ai.dataset import Sample  # noqa: E402
from inspect_ai.log import list_eval_logs  # noqa: E402
from inspect_ai.model import GenerateConfig, ResponseSchema, get_model  # noqa: E402
from inspect_ai.solver import solver  # noqa: E402
from inspect_ai.util import json_schema  # noqa: E402
from pydantic import BaseModel  # noqa: E402


class Words(BaseModel):
    words: str


CONFIG = GenerateConfig(
    response_schema=ResponseSchema(name="words", json_schema=json_schema(Words)),
    max_connections=said.in_flight,
    max_retries=0,
)


@solver
def refining():
    async def solve(state, _generate):
        async def ask(prompt):
            answer = await get_model().generate(prompt, config=CONFIG)
            return loop.words(answer.completion)

        number = int(state.sample_id)
        answer = await ask(loop.solve(number))
        for _ in range(loop.ROUNDS):
            problems = await ask(loop.critique(number, answer))
            answer = await ask(loop.refine(number, answer, problems))
        return state

    return solve


@task
def loops(count: int = said.loops):
    samples = [Sample(input=loop.solve(n), id=str(n)) for n in range(count)]
    return Task(dataset=samples, solver=refining())


def main():
    common = {
        "log_dir": str(said.state),
        "display": "none",
        "max_samples": said.in_flight,
        "max_connections": said.in_flight,
    }
    before = list_eval_logs(str(said.state)) if said.resume else []
    if before:
        logs = eval_retry(before[0].name, **common)
    else:
        logs = eval(loops(), model="openai-api/bare/m", **common)
    if logs[0].status != "success":
        raise SystemExit(f"inspect ended with {logs[0].status}: {logs[0].error}")


# Going on with a log loads this file once more.
if __name__ == "__main__":
    main()
