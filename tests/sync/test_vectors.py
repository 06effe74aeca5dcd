"""Every vector ends in what its line of the index says; the vectors are what make.py makes today."""

import tomllib
from pathlib import Path

import pytest

from desktop.errors import BundleError, BundleHeld
from desktop.sync.bundle import open_bundle
from desktop.sync.verification import inspect_bundle, verify_bundle
from tests.vectors import make
from tests.vectors.forge import POST, PROVINCE, TRUST, Side

FOLDER = Path(make.__file__).parent
INDEX = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))
TO_THE_POST = {"good_answer", "kind_trust", "sync_of_a_province", "inner_excerpts_not_ascending"}


def recipient_of(name: str) -> Side:
    return POST if name in TO_THE_POST or name.startswith("excerpts_") else PROVINCE


def verdict_of(name: str, content: bytes) -> tuple[str, str]:
    me = recipient_of(name)
    try:
        open_bundle(content, trust=TRUST, identity=me.keys.identity, me=me.card)
    except BundleHeld as held:
        return "HOLD", held.code
    except BundleError as error:
        return "REJECT", error.code
    return "ACCEPTED", ""


@pytest.mark.parametrize("name", sorted(INDEX))
def test_a_vector_ends_in_what_its_name_says(name: str) -> None:
    content = (FOLDER / "bundles" / f"{name}.sotram").read_bytes()
    assert (INDEX[name]["verdict"], INDEX[name]["code"]) == verdict_of(name, content)


def test_the_stored_vectors_are_those_that_are_made_today() -> None:
    made = {vector.name: vector.content for vector in make.vectors()}
    stored = {path.stem: path.read_bytes() for path in (FOLDER / "bundles").glob("*.sotram")}
    assert made == stored


def test_the_index_speaks_of_the_stored_vectors() -> None:
    assert make.index(list(make.vectors())) == (FOLDER / "index.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in sorted(INDEX) if INDEX[name]["step"] <= 4])
def test_what_is_wrong_outside_is_found_without_knowing_any_station(name: str) -> None:
    content = (FOLDER / "bundles" / f"{name}.sotram").read_bytes()
    with pytest.raises((BundleError, BundleHeld)) as caught:
        inspect_bundle(content)
    assert INDEX[name]["code"] == caught.value.code


@pytest.mark.parametrize("name", [name for name in sorted(INDEX) if INDEX[name]["code"] != "bundle_own"])
def test_an_outsider_comes_to_the_same_verdict_up_to_step_8(name: str) -> None:
    content = (FOLDER / "bundles" / f"{name}.sotram").read_bytes()
    found = verify_bundle(content, TRUST)
    is_seen_outside = INDEX[name]["step"] <= 8 and name != "recipient_other"
    expected = (INDEX[name]["verdict"], INDEX[name]["code"]) if is_seen_outside else ("ACCEPTED", "")
    assert expected == (found["verdict"], found["code"])


def test_every_failure_that_the_format_names_has_a_vector_or_needs_a_registry() -> None:
    named = {
        code
        for line in (FOLDER.parents[1] / "desktop/sync/FORMAT.md").read_text(encoding="utf-8").split("\n")
        if line.startswith("| ") and line[2].isdigit()
        for code in line.split("`")
        if code.startswith(("bundle_", "bad_", "cannot_"))
    }
    needs_a_registry_or_size = {"bundle_too_large", "bundle_epoch_taken"}
    assert named - needs_a_registry_or_size == {entry["code"] for entry in INDEX.values()} - {""}
