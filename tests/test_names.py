"""One class name, one meaning: a reader who searches for a name finds one class."""

import ast
from collections import defaultdict
from pathlib import Path

HOUSE = Path(__file__).parents[1] / "desktop"


def classes_named_twice(folder: Path) -> dict[str, list[str]]:
    """Return each class name, public or private, that is defined more than once below a folder, with its places."""
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(folder)}:{node.lineno}")
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_class_name_is_defined_twice() -> None:
    assert classes_named_twice(HOUSE) == {}


def test_a_second_class_of_a_name_is_found_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "one.py").write_text("class _Found:\n    pass\nclass Other:\n    pass\n", encoding="utf-8")
    (tmp_path / "room" / "two.py").write_text(
        "def made():\n    class _Found:\n        pass\n    return _Found\n", encoding="utf-8"
    )
    assert classes_named_twice(tmp_path) == {"_Found": ["one.py:1", "room/two.py:2"]}
