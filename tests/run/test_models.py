"""Packaged models, fetched by the real pip from a folder of small wheels."""

from __future__ import annotations

import zipfile
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from spectool.run import models
from spectool.run.models import ModelError, ModelFiles, PackagedModel, cache_folder, fingerprint, pulled_path, resolve
from spectool.run.pulling import pull

PARTS = (b"GGUF first half, ", b"second half")


def wheel(folder, name, files):
    about = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", "")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder that pip looks in instead of an index, an empty cache, and one model of two parts."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, part in enumerate(PARTS, 1):
        wheel(folder, f"tiny_part{number}", {f"tiny_part{number}/data.bin": part, f"tiny_part{number}/__init__.py": "raise SystemExit"})
    whole = b"".join(PARTS)
    model = PackagedModel(
        name="tiny",
        title="Tiny",
        licence="Apache-2.0",
        packages=("tiny-part1==1.0", "tiny-part2==1.0"),
        member=r"tiny_part\d/data\.bin",
        size=len(whole),
        digest=sha256(whole).hexdigest(),
    )
    monkeypatch.setattr(models, "PACKAGED", (model,))
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_pulled_model_is_one_checked_file_and_nothing_else(shop, tmp_path):
    with pytest.raises(ModelError, match="model 'tiny' is not here yet; fetch it with: spectool models pull tiny"):
        resolve("tiny")
    heard = []
    path = pull("tiny", lambda part, of: heard.append((part, of)))
    assert path.read_bytes() == b"".join(PARTS)
    assert heard == [(1, 2), (2, 2)]
    assert files_in(tmp_path / "cache") == ["models/tiny/tiny.gguf"]
    assert resolve("tiny") == ModelFiles(name="tiny", location=str(path.parent), gguf_file="tiny.gguf")


def test_a_pull_that_broke_off_goes_on_where_it_was(shop, tmp_path):
    second = shop / "tiny_part2-1.0-py3-none-any.whl"
    content = second.read_bytes()
    second.unlink()
    with pytest.raises(
        ModelError, match=r"pip could not download 'tiny-part2==1.0': ERROR: .*; what is already here is kept, so try again"
    ):
        pull("tiny")
    assert files_in(tmp_path / "cache") == ["models/tiny/parts/tiny-part1-1.0.bin"]
    second.write_bytes(content)
    (shop / "tiny_part1-1.0-py3-none-any.whl").unlink()
    assert pull("tiny").read_bytes() == b"".join(PARTS)


def test_other_bytes_than_expected_are_refused_and_deleted(shop, tmp_path):
    wheel(shop, "tiny_part2", {"tiny_part2/data.bin": b"something e"})
    with pytest.raises(ModelError, match=r"the downloaded 'tiny' has SHA-256 [0-9a-f]{16}…, expected [0-9a-f]{16}…; it was deleted"):
        pull("tiny")
    assert files_in(tmp_path / "cache") == []
    assert pulled_path(models.PACKAGED[0]) is None


def test_a_wheel_without_the_file_is_refused(shop):
    wheel(shop, "tiny_part1", {"../../evil/data.bin": PARTS[0]})
    with pytest.raises(ModelError, match=r"tiny_part1-1\.0-py3-none-any\.whl is not the package it should be: expected one file like"):
        pull("tiny")


def test_a_file_larger_than_the_whole_model_is_refused(shop):
    wheel(shop, "tiny_part1", {"tiny_part1/data.bin": b"x" * 1000})
    with pytest.raises(ModelError, match="of at most 28 bytes"):
        pull("tiny")


def test_pulling_again_checks_what_is_there(shop, tmp_path):
    path = pull("tiny")
    (shop / "tiny_part1-1.0-py3-none-any.whl").unlink()
    assert pull("tiny") == path
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(ModelError, match=r"was damaged \(SHA-256 .* and is deleted; pull it again"):
        pull("tiny")
    assert not path.exists()


def test_names_folders_and_files(tmp_path):
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    assert resolve(str(tmp_path / "m.gguf")) == ModelFiles(name="m", location=str(tmp_path), gguf_file="m.gguf")
    with pytest.raises(ModelError, match=r"folder '.*' holds no model: name the file: .*m\.gguf"):
        resolve(str(tmp_path))
    (tmp_path / "m.gguf").rename(tmp_path / "m.bin")
    with pytest.raises(ModelError, match=r"holds no model: expected config\.json in it, as transformers saves a model"):
        resolve(str(tmp_path))
    for described in ("config.json", "params.json"):
        (tmp_path / described).write_text("{}")
        assert resolve(str(tmp_path)) == ModelFiles(name=tmp_path.name, location=str(tmp_path))
        (tmp_path / described).unlink()
    assert resolve("Qwen/Qwen3-0.6B") == ModelFiles(name="Qwen/Qwen3-0.6B", location="Qwen/Qwen3-0.6B")
    with pytest.raises(ModelError, match=r"is neither a folder with a model nor a \.gguf file"):
        resolve(str(tmp_path / "absent"))
    for hub_name in ("gpt2", "mine/smollm2-135m", "mine/smolm2-135m"):
        assert resolve(hub_name) == ModelFiles(name=hub_name, location=hub_name)
    with pytest.raises(ModelError, match="no packaged model 'x'; there are smollm2-135m, qwen2"):
        pull("x")


@pytest.mark.parametrize("name", ["smolm2-135m", "SmolLM2-135M", "smollm-135m"])
def test_a_name_near_a_packaged_model_is_not_looked_for_on_a_hub(name):
    with pytest.raises(ModelError, match=f"no model '{name}'; did you mean smollm2-135m[?] see spectool models list"):
        resolve(name)
    with pytest.raises(ModelError, match=f"no packaged model '{name}'; did you mean smollm2-135m[?] there are smollm2-135m, qwen2"):
        pull(name)


def test_a_folder_may_have_a_name_near_that_of_a_packaged_model(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "smolm2-135m").mkdir()
    (tmp_path / "smolm2-135m" / "config.json").write_text("{}")
    assert resolve("smolm2-135m") == ModelFiles(name="smolm2-135m", location="smolm2-135m")


def test_the_cache_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("SPECTOOL_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
    monkeypatch.delenv("SPECTOOL_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "spectool"


@pytest.fixture
def folder(tmp_path):
    """A model folder with a small file and one of three MiB, above the size that is hashed whole."""
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "weights.bin").write_bytes(b"0" * (3 << 20))
    return tmp_path


CHANGES = {
    "another small file": lambda folder: (folder / "config.json").write_text("{ }"),
    "one file more": lambda folder: (folder / "more.txt").write_text(""),
    "a file of another name": lambda folder: (folder / "config.json").rename(folder / "params.json"),
    "a large file with another beginning": lambda folder: overwrite(folder / "weights.bin", 5),
    "a large file with another end": lambda folder: overwrite(folder / "weights.bin", (3 << 20) - 5),
    "a large file of another length": lambda folder: (folder / "weights.bin").write_bytes(b"0" * ((3 << 20) + 1)),
}


def overwrite(path, place):
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"1")


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_fingerprint_tells_files_apart(change, folder, monkeypatch):
    monkeypatch.setattr(models, "WHOLE_FILE", 1 << 20)
    before = fingerprint(ModelFiles(name="m", location=str(folder)))
    assert fingerprint(ModelFiles(name="n", location=f"{folder}/../{folder.name}")) == before
    change(folder)
    assert fingerprint(ModelFiles(name="m", location=str(folder))) != before


def test_of_a_gguf_file_only_itself_counts_and_of_a_hub_id_nothing(folder):
    model = ModelFiles(name="m", location=str(folder), gguf_file="weights.bin")
    before = fingerprint(model)
    (folder / "config.json").write_text("{ }")
    assert fingerprint(model) == before
    assert fingerprint(ModelFiles(name="Qwen/Qwen3-0.6B", location="Qwen/Qwen3-0.6B")) == ""


def test_two_may_pull_one_model_at_once(shop, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(pull, ["tiny", "tiny"])
    assert first == second
    assert files_in(tmp_path / "cache") == ["models/tiny/tiny.gguf"]
