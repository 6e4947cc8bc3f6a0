"""The Ray engine on a cluster of this one machine: the same first steps as the other local engines, and what happens to lost workers."""

from __future__ import annotations

import socket

import pytest

from spectool.run.engines.engine import EngineError
from spectool.run.engines.options import EngineOptions
from spectool.run.engines.ray_cluster import check_reached, needs
from spectool.run.engines.registry import load
from spectool.run.models import ModelFiles, resolve
from spectool.run.pulling import pull
from tests.run.short_tasks import differences, first_requests, first_steps, played, short_tasks

TASKS = {"movies": 3, "spaceflight": 3, "patent": 4}


def node(alive: bool = True, **resources: float) -> dict[str, object]:
    return {"Alive": alive, "Resources": resources}


@pytest.mark.parametrize(
    ("nodes", "options", "taken"),
    [
        pytest.param([node(CPU=8.0, GPU=4.0)], {"workers": 4}, {"num_gpus": 1.0}, id="a GPU each"),
        pytest.param([node(CPU=8.0, GPU=4.0)] * 2, {"workers": 4, "tensor_parallel": 2}, {"num_gpus": 2.0}, id="two GPUs each"),
        pytest.param([node(CPU=4.0), node(CPU=8.0, GPU=1.0)], {}, {"num_gpus": 1.0}, id="machines without a GPU only help"),
        pytest.param([node(CPU=4.0), node(CPU=8.0)], {"workers": 2}, {"num_cpus": 4.0}, id="without GPUs a machine each"),
    ],
)
def test_a_worker_takes_gpus_where_there_are_any_and_else_a_machine(nodes, options, taken):
    assert needs(nodes, EngineOptions(**options)) == taken


@pytest.mark.parametrize(
    ("nodes", "options", "message"),
    [
        pytest.param([node(CPU=8.0, GPU=4.0)], {"workers": 5}, "has room for 4, not for 5 workers", id="more workers than GPUs"),
        pytest.param(
            [node(CPU=8.0, GPU=3.0)] * 2,
            {"workers": 3, "tensor_parallel": 2},
            "has room for 2, not for 3 workers",
            id="no two halves of a pair",
        ),
        pytest.param([node(CPU=8.0)], {"workers": 2}, "each on one machine, since there is no GPU", id="two on one machine"),
        pytest.param([node(alive=False, CPU=8.0, GPU=8.0), node(CPU=2.0)], {"workers": 2}, "room for 1", id="a dead machine"),
    ],
)
def test_more_workers_than_there_is_room_for_are_refused(nodes, options, message):
    with pytest.raises(EngineError, match=message):
        needs(nodes, EngineOptions(**options))


def test_a_cluster_that_does_not_answer_is_said_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        check_reached(address)
    with pytest.raises(OSError, match=f"RAY_ADDRESS={address} does not answer"):
        check_reached(address)


@pytest.mark.parametrize("address", ["", "auto", "local", "ray://head", "[::]"])
def test_addresses_that_ray_looks_up_itself_are_let_through(address):
    check_reached(address)


engines = [
    pytest.mark.slow,
    pytest.mark.engines,
    # Ray, vLLM and what they import warn of their own and of each other's code.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def model():
    pytest.importorskip("ray", reason="Ray is not here: make test-slow runs this in .venv-vllm")
    pytest.importorskip("vllm", reason="vLLM is not here: make test-slow runs this in .venv-vllm")
    pull("smollm2-135m")
    return resolve("smollm2-135m")


@pytest.fixture(scope="module")
def on_ray(model):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VLLM_CPU_KVCACHE_SPACE", "1")
        # A cluster of its own, whatever this machine belongs to.
        patch.setenv("RAY_ADDRESS", "local")
        engine = load("ray", model, EngineOptions(dtype="float32", batch_size=8))
        yield engine
        engine.close()
        engine.close()


class TestOnACluster:
    pytestmark = engines

    # First, since a worker takes the whole machine.
    def test_a_model_that_no_worker_can_load_is_said_at_once(self, model, tmp_path, monkeypatch):
        monkeypatch.setenv("RAY_ADDRESS", "local")
        with pytest.raises(EngineError, match=r"on the cluster: .*'nothing'"):
            load("ray", ModelFiles(name="nothing", location=str(tmp_path)), EngineOptions())

    def test_tasks_of_several_steps_start_as_with_transformers(self, on_ray, model, capsys):
        tasks = short_tasks(TASKS)
        episodes = played(tasks, on_ray)
        assert [episode.error for episode in episodes.values()] == [None] * 10
        assert any(len(episode.completions) > 1 for episode in episodes.values())
        ours = {name: episode.completions[0] for name, episode in episodes.items()}
        transformers = load("transformers", model, EngineOptions(dtype="float32", device="cpu", batch_size=8))
        theirs = first_steps(tasks, transformers)
        transformers.close()
        assert {name: done.prompt_hash for name, done in ours.items()} == {name: done.prompt_hash for name, done in theirs.items()}
        different = differences(ours, theirs)
        with capsys.disabled():
            print(f"\n{len(ours) - len(different)} of {len(ours)} first steps are the same", *different, sep="\n")  # noqa: T201 - for people
        assert different == []

    def test_what_a_lost_worker_had_under_way_is_answered_once_by_its_successor(self, on_ray):
        import ray

        requests = first_requests(short_tasks(TASKS), on_ray)
        on_ray.submit(requests)
        (place,) = on_ray._places
        ray.kill(place.actor)
        answered = []
        while done := on_ray.finished():
            answered += done
        assert sorted(each.id for each in answered) == sorted(each.id for each in requests)
        assert {each.error for each in answered} == {None}
        assert on_ray._losses_left == 2

    def test_it_tells_what_it_is(self, on_ray):
        assert on_ray.name == "ray"
        assert {"ray", "workers", "vllm", "dtype", "device"} <= set(on_ray.details)
        assert on_ray.finished() == []
