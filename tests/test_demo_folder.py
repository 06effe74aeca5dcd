"""The demo's folder: an earlier demo makes way, and nothing that is not exactly the demo's is ever deleted."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.demo import folder
from desktop.errors import DesktopError
from tests.commands.test_cli import Terminal
from tests.conftest import World


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A folder as a demo leaves it, with a file in each of its things."""
    return fill(tmp_path / "demo")


def fill(out: Path) -> Path:
    for name in folder.NAMES:
        path = out / name if "." in name else out / name / "registry.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    folder.mark(out)
    return out


def contents(top: Path) -> dict[str, bytes]:
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def test_an_earlier_demo_makes_way_and_is_named(demo: Path) -> None:
    cleared = folder.clear(demo)

    assert set(cleared.removed) == set(folder.NAMES)
    assert not cleared.kept
    assert [path.name for path in demo.iterdir()] == [folder.MARK]


@pytest.mark.parametrize("mark", [None, "", "[]", "{}", '{"made": 1}'])
def test_a_folder_of_somebody_else_is_refused_and_stays(demo: Path, mark: str | None) -> None:
    (demo / folder.MARK).unlink()
    if mark is not None:
        (demo / folder.MARK).write_text(mark, encoding="utf-8")
    before = contents(demo)

    with pytest.raises(DesktopError, match="demo_folder_not_ours"):
        folder.clear(demo)

    assert contents(demo) == before


def test_a_mark_that_is_a_link_is_no_mark(demo: Path, tmp_path: Path) -> None:
    (demo / folder.MARK).rename(tmp_path / "mark")
    (demo / folder.MARK).symlink_to(tmp_path / "mark")

    with pytest.raises(DesktopError, match="demo_folder_not_ours"):
        folder.clear(demo)


@settings(max_examples=30)
@given(name=st.sampled_from(folder.NAMES), change=st.sampled_from(["edit", "add", "link"]))
def test_what_was_changed_since_is_put_aside_whole(
    tmp_path_factory: pytest.TempPathFactory, name: str, change: str
) -> None:
    out = fill(tmp_path_factory.mktemp("x") / "demo")
    thing = out / name
    inside = thing / "registry.db" if thing.is_dir() else thing
    if change == "edit" or not thing.is_dir():
        inside.write_text("real people", encoding="utf-8")
    elif change == "add":
        (thing / "new.txt").write_text("real people", encoding="utf-8")
    else:
        (thing / "link").symlink_to("registry.db")
    before = contents(thing) if thing.is_dir() else inside.read_bytes()

    cleared = folder.clear(out)

    aside = out / cleared.kept[name]
    assert list(cleared.kept) == [name]
    assert (contents(aside) if aside.is_dir() else aside.read_bytes()) == before


def test_what_lies_beside_the_demos_things_is_not_touched(demo: Path) -> None:
    (demo / "real").mkdir()
    (demo / "real" / "registry.db").write_text("real people", encoding="utf-8")

    folder.clear(demo)

    assert (demo / "real" / "registry.db").read_text(encoding="utf-8") == "real people"


def test_a_thing_put_aside_twice_never_replaces_the_first(demo: Path) -> None:
    for number in (1, 2):
        (demo / "summary.txt").write_text(f"mine {number}", encoding="utf-8")
        folder.clear(demo)

    assert (demo / "summary.txt.kept-1").read_text(encoding="utf-8") == "mine 1"
    assert (demo / "summary.txt.kept-2").read_text(encoding="utf-8") == "mine 2"


def test_a_thing_that_is_a_link_is_moved_and_not_followed(demo: Path, tmp_path: Path) -> None:
    (demo / "stick" / "registry.db").unlink()
    (demo / "stick").rmdir()
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "registry.db").write_text("stick", encoding="utf-8")
    (demo / "stick").symlink_to(tmp_path / "real")

    folder.clear(demo)

    assert (tmp_path / "real" / "registry.db").exists()


def test_paths_in_a_mark_delete_nothing(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("real people", encoding="utf-8")
    (demo / folder.MARK).write_text(json.dumps({"made": {"../victim": "", "/etc": "x"}}), encoding="utf-8")

    folder.clear(demo)

    assert (tmp_path / "victim").exists()


def test_the_command_refuses_a_real_registry_and_leaves_it(tmp_path: Path, world: World) -> None:
    terminal = Terminal(tmp_path, world)
    terminal.init("post")
    before = contents(tmp_path / "post")

    refused = terminal.type("demo", "--out", tmp_path / "post")

    assert refused.exit_code == 1
    assert "[demo_folder_not_ours]" in refused.stderr
    assert contents(tmp_path / "post") == before
