"""``vllm serve`` on a free port of the loopback, with a small real model."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# Seconds that a start may take on a busy machine where nothing is compiled yet.
LONGEST_START = 420
# SmolLM2's own template shows no tools; this one does, in the syntax that vLLM's parser "hermes" reads.
TEMPLATE = """\
{%- if tools %}{{ '<|im_start|>system\\nTo call a function, answer <tool_call>{"name": ..., "arguments": {...}}</tool_call>.\\n' }}
{{- '<tools>\\n' }}{%- for tool in tools %}{{ tool | tojson }}{{ '\\n' }}{%- endfor %}{{ '</tools><|im_end|>\\n' }}{%- endif %}
{%- for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + (message.content or '') }}
{%- for call in message.tool_calls or [] %}{{ '<tool_call>' + (call.function | tojson) + '</tool_call>' }}{%- endfor %}
{{- '<|im_end|>\\n' }}{%- endfor %}{{ '<|im_start|>assistant\\n' }}"""


def command() -> Path:
    """The ``vllm`` beside this Python, else that of .venv-vllm; skips where there is neither."""
    for folder in (Path(sys.executable).parent, ROOT / ".venv-vllm" / "bin"):
        if (folder / "vllm").is_file():
            return folder / "vllm"
    pytest.skip("vLLM is not here: scripts/setup_vllm.sh makes .venv-vllm")


@contextmanager
def vllm_serve(folder: str, name: str, scratch: Path) -> Iterator[int]:
    """Serves a model folder under ``name`` and gives the port."""
    template = scratch / "template.jinja"
    template.write_text(TEMPLATE, encoding="utf-8")
    port = _free_port()
    options = ["--served-model-name", name, "--host", "127.0.0.1", "--port", str(port), "--enforce-eager", "--max-model-len", "2048"]
    options += ["--dtype", "bfloat16", "--chat-template", str(template), "--enable-auto-tool-choice", "--tool-call-parser", "hermes"]
    log = scratch / "vllm.log"
    with log.open("wb") as file:
        # A group of its own, since it starts further processes.
        server = subprocess.Popen(
            [command(), "serve", folder, *options], stdout=file, stderr=subprocess.STDOUT, env=_environment(scratch), start_new_session=True
        )
    try:
        _wait(server, port, log)
        yield port
    finally:
        _stop(server)


def _environment(scratch: Path) -> dict[str, str]:
    cores = ",".join(map(str, sorted(os.sched_getaffinity(0))))
    settings = {"VLLM_CPU_KVCACHE_SPACE": "2", "VLLM_LOGGING_LEVEL": "ERROR", "VLLM_CPU_OMP_THREADS_BIND": cores}
    # Threads that spin while they wait for each other come to a standstill where anything else wants the cores.
    settings |= {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"}
    # The command asks for the version of a distribution "vllm", which the build for processors is not: it is "vllm-cpu".
    for found in (command().parents[1] / "lib").glob("python*/site-packages/vllm_cpu-*.dist-info"):
        version = found.name.removeprefix("vllm_cpu-").removesuffix(".dist-info")
        stated = scratch / f"vllm-{version}.dist-info"
        stated.mkdir()
        (stated / "METADATA").write_text(f"Metadata-Version: 2.1\nName: vllm\nVersion: {version}+cpu\n", encoding="utf-8")
        settings["PYTHONPATH"] = str(scratch)
    # Without it, vLLM compiles itself anew at each start.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | settings


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(f"vllm serve did not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, kind)
            server.wait(30)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
