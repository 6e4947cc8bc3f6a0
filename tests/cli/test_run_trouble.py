"""What stands in the way of a run, met for real: no model, no server, no engine, no hub; each is one line that says what to do."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from spectool.cli.main import main
from tests.run.tiny_model import save_tiny_model

ROOT = Path(__file__).parents[2]
FEW = ["--limit", "2", "--max-new-tokens", "16", "-o", "out.jsonl"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The test's own folder, with a model in it that is described and nothing more."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / "config.json").write_text('{"model_type": "llama"}')
    return tmp_path


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


CHOICES = {
    "several GPUs": (["--tensor-parallel", "2"], "engine 'transformers' takes no --tensor-parallel; engines that do: vllm, ray"),
    "a schema": (
        ["--constrain", "--prompt", "json_list"],
        "engine 'transformers' takes no --constrain; engines that do: vllm, openai, ray",
    ),
    "an address": (["--base-url", "http://localhost:8000/v1"], "engine 'transformers' takes no --base-url; engines that do: openai"),
    "a number format of a server's": (
        ["--engine", "openai", "--dtype", "float16"],
        "engine 'openai' takes no --dtype; engines that do: transformers, vllm, ray",
    ),
    "a device of vllm's": (["--engine", "vllm", "--device", "cuda:1"], "engine 'vllm' takes no --device; engines that do: transformers"),
}


@pytest.mark.parametrize(("arguments", "message"), CHOICES.values(), ids=CHOICES)
def test_a_choice_that_the_engine_would_ignore_is_refused(arguments, message, here, capsys):
    assert main(["run", "demo", "--model", "hollow", *arguments, *FEW]) == 2
    assert capsys.readouterr().err == f"Error: {message}\n"
    assert sorted(path.name for path in here.iterdir()) == ["hollow"]


@pytest.mark.skipif(find_spec("vllm") is not None, reason="vLLM is installed here")
def test_vllm_that_is_not_installed(here, capsys):
    assert main(["run", "demo", "--model", "hollow", "--engine", "vllm", *FEW]) == 2
    assert "engine 'vllm' needs vllm: pip install 'spectool[vllm]' on a machine with a GPU; scripts/setup_vllm.sh for a CPU" in (
        capsys.readouterr().err
    )


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed here")
def test_transformers_that_is_not_installed(here, capsys):
    assert main(["run", "demo", "--model", "hollow", *FEW]) == 2
    assert "engine 'transformers' needs torch: pip install 'spectool[hf]'" in capsys.readouterr().err


def test_a_server_that_is_not_named_or_not_there(here, capsys):
    pytest.importorskip("httpx2")
    line = ["run", "demo", "--model", "served", "--engine", "openai", *FEW]
    assert main(line) == 2
    assert "engine 'openai' needs a server's address: pass --base-url http://localhost:8000/v1 or set OPENAI_BASE_URL" in (
        capsys.readouterr().err
    )
    address = f"http://127.0.0.1:{free_port()}/v1"
    assert main([*line, "--base-url", address]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Error: no server answers at {address} ")
    assert len(told.splitlines()) == 1
    assert [path.name for path in here.iterdir() if path.name.endswith(".jsonl")] == []


class Hub(BaseHTTPRequestHandler):
    """Answers as a model hub does to someone who may see nothing."""

    # Source: https://huggingface.co/docs/huggingface_hub, header X-Error-Code
    TROUBLE = (("gated", 403, "GatedRepo"), ("locked", 401, "GatedRepo"), ("", 401, "RepoNotFound"))

    def do_HEAD(self):
        status, code = next((status, code) for word, status, code in self.TROUBLE if word in self.path)
        self.send_response(status)
        self.send_header("X-Error-Code", code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format, *args):
        """Says nothing."""


@pytest.fixture(scope="module")
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


GATED = "it is gated: ask for access on its page at the hub, then set HF_TOKEN (or run `hf auth login`)"
OF_HUB = {
    "a gated model": ("owner/gated", {}, GATED),
    "a gated model, and nobody is logged in": ("owner/locked", {}, GATED),
    "a model that there is not": (
        "owner/absent",
        {},
        "no hub shows such a model: check the spelling (OWNER/NAME), or set HF_TOKEN if it is",
    ),
    "no network allowed": (
        "owner/absent",
        {"HF_HUB_OFFLINE": "1"},
        "no hub can be reached and the model is not in the cache: name a model",
    ),
    "a folder with half a model": ("hollow", {}, "it has no tokenizer that can be read (tokenizer.json): is the folder whole?"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("model", "settings", "message"), OF_HUB.values(), ids=OF_HUB)
def test_a_model_that_can_not_be_had(model, settings, message, here, hub):
    """In a process of its own, since the libraries read the hub's address when they are imported."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    settings = {"HF_ENDPOINT": hub, "HF_HOME": str(here / "hf"), "PYTHONPATH": str(ROOT), **settings}
    line = [sys.executable, "-m", "spectool", "run", "demo", "--model", model, *FEW]
    done = subprocess.run(line, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(f"Error: model '{model}' can not be loaded: {message}")
    assert not (here / "out.jsonl").exists()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_prompts_that_are_too_long_fail_alone_and_can_be_tried_again(here, capsys):
    model = str(save_tiny_model(here / "tiny", context=16_384))
    line = [
        "run",
        "demo",
        "--model",
        model,
        "--device",
        "cpu",
        "--max-steps",
        "1",
        "--limit",
        "6",
        "--max-new-tokens",
        "8",
        "-o",
        "out.jsonl",
    ]
    assert main([*line, "--json"]) == 0
    out = capsys.readouterr().out
    assert json.loads(out[out.index("{") :])["totals"]["failed"] == 0
    tokens = sorted(json.loads(row)["meta"]["turn_tokens"][0][0] for row in Path("out.jsonl").read_text().splitlines())
    middle = tokens[3] + 10
    assert main([*line, "--overwrite", "--max-length", str(middle), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    failed = summary["totals"]["failed"]
    assert 0 < failed < 6
    assert summary["found"]["attempts"] == 6 - failed
    assert all("--max-length" in error for error in summary["errors"])
    assert main([*line, "--resume", "--max-length", str(middle), "--json"]) == 2
    again = json.loads(capsys.readouterr().out)
    assert (again["kept"], again["totals"]["episodes"], again["totals"]["failed"]) == (6 - failed, failed, failed)
    assert len(Path("out.jsonl").read_text().splitlines()) == 6
