"""The options of ``spectool run``, in sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from spectool.run.engines.facts import FACTS


def _option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, **attributes)


def _number(name: str, about: str, **attributes: Any) -> click.Option:
    return _option(name, metavar="N", type=click.IntRange(min=1), help=about, **attributes)


SECTIONS: Mapping[str, tuple[click.Option, ...]] = {
    "Model and engine": (
        _option("--model", required=True, metavar="M", help="A name of `spectool models list`, a .gguf file, a model folder, or a hub id."),
        _option("--engine", metavar="E", default="transformers", show_default=True, help=f"What generates: {', '.join(FACTS)}."),
        _option("--dtype", type=click.Choice(["auto", "float32", "bfloat16", "float16"]), default="auto", help="auto: float32 on a CPU."),
        _option("--quantization", metavar="Q", help="How vllm and ray are to read the weights: fp8, awq, gptq, ..."),
        _number("--max-length", "Tokens of prompt and answer together; default: what the model was made for."),
        _number("--batch-size", "Requests generated at once; default: what suits the engine."),
        _option("--device", metavar="D", default="auto", show_default=True, help="Of transformers: auto, cpu, cuda, cuda:1, ..."),
        _number("--tensor-parallel", "GPUs that share the model (vllm, ray)."),
        _option("--gpu-memory", metavar="F", type=click.FloatRange(0, 1, min_open=True), help="Share of a GPU's memory (vllm, ray)."),
        _number("--workers", "Copies of the model on a cluster (ray)."),
        _option("--base-url", metavar="URL", help="The server's address up to /v1 (openai); default: $OPENAI_BASE_URL."),
        _option("--timeout", metavar="S", type=click.FloatRange(min=0, min_open=True), help="Seconds for one request (openai)."),
        _option("--raw-text", metavar="DIALECT", help="The server parses no calls; its template asks for them in DIALECT (openai)."),
    ),
    "What is asked": (
        _option(
            "--prompt",
            metavar="P",
            default="chat_template",
            show_default=True,
            help="chat_template, worked_example, json_list, xlam1, xlam2, toolscan, react or pythonic.",
        ),
        _option("--constrain", is_flag=True, help="Let the engine write nothing but the prompt's JSON (vllm, openai, ray)."),
        _number("--max-new-tokens", "Most tokens of one assistant turn.", default=512, show_default=True),
        _number("--max-steps", "Most assistant turns to one user message.", show_default="6, in an environment 10"),
        _option(
            "--feedback",
            type=click.Choice(["off", "error", "options"]),
            default="error",
            show_default=True,
            help="What the model is told of a call that an environment does not execute: only that, what is wrong, or also what would be "
            "right.",
        ),
        _option("--finish/--no-finish", default=False, show_default=True, help="Offer a tool 'finish' that ends the task with an answer."),
        _number("--limit", "Run only the first N tasks."),
    ),
    "Sampling": (
        _number("--samples", "Attempts at each task.", default=1, show_default=True),
        _option("--temperature", metavar="T", type=click.FloatRange(min=0), default=0.0, show_default=True, help="0 is greedy."),
        _option(
            "--top-p",
            metavar="P",
            type=click.FloatRange(min=0, max=1, min_open=True),
            default=1.0,
            show_default=True,
            help="Nucleus sampling.",
        ),
        _option("--seed", metavar="N", type=int, default=0, show_default=True, help="Of sampling."),
        _option("--logprobs", is_flag=True, help="Keep the log-probability of each token that the model wrote."),
    ),
    "Output": (
        _option("-o", "--out", required=True, metavar="FILE", help="The outputs, one JSON row an attempt."),
        _option("--resume", is_flag=True, help="Go on with FILE: run what it does not hold, and what failed."),
        _option("--overwrite", is_flag=True, help="Replace FILE."),
        _option("--json", "as_json", is_flag=True, help="Print the totals as JSON."),
    ),
}


class Sectioned(click.Command):
    """A command whose help shows its options in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each section under its title, and what is in none at the end."""
        shown: set[str | None] = set()
        others = tuple(each for each in self.get_params(ctx) if isinstance(each, click.Option))
        for title, options in {**SECTIONS, "Help": others}.items():
            records = [record for option in options if option.name not in shown and (record := option.get_help_record(ctx))]
            shown.update(option.name for option in options)
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def options() -> list[click.Parameter]:
    """All of them, in the order of the sections."""
    return [option for section in SECTIONS.values() for option in section]
