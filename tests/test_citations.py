"""What is cited exists: files, tests, rules, sections, steps and decisions, wherever a person reads of them."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

Kind: TypeAlias = Callable[[str], Iterator[str]]

HOUSE = Path(__file__).parents[1]
FOLDERS = ("desktop", "forms", "tests", "build", "resources")
ROOTS = ("desktop", "forms", "tests", "build", "resources/messages")
PAGES = ("README.md", "SECURITY.md", "CONTRIBUTING.md", "resources/manual/command-answers.md")
MADE = frozenset({"sitecustomize.py", "desktop/_data/"})  # Python's own name; a folder of the wheel alone
SUFFIXES = frozenset({".py", ".md", ".toml", ".sh", ".spec"})


@cache
def shipped() -> frozenset[str]:
    found = (path for folder in FOLDERS for path in (HOUSE / folder).rglob("*") if path.is_file())
    return frozenset(path.relative_to(HOUSE).as_posix() for path in (*found, *HOUSE.glob("*.md")))


@cache
def endings() -> frozenset[str]:
    """Every path whole and by each of its endings: `ui/base/keys.py` and `keys.py` name the same file."""
    split = [name.split("/") for name in shipped()]
    return MADE.union("/".join(parts[at:]) for parts in split for at in range(len(parts)))


@cache
def numbers(page: str, pattern: str) -> frozenset[str]:
    """The numbers of a page's headings or table lines."""
    return frozenset(re.findall(pattern, (HOUSE / page).read_text(encoding="utf-8"), re.MULTILINE))


def sections(page: str) -> frozenset[str]:
    return numbers(page, r"^#+ (\d+(?:\.\d+)?)\b")


@cache
def decisions() -> frozenset[str]:
    return frozenset(str(int(path.name[:4])) for path in (HOUSE / "desktop" / "decisions").glob("[0-9]*.md"))


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def prose(path: str, text: str) -> str:
    """What a person reads of a file, in one line: of Python the comments and docstrings."""
    if not path.endswith(".py"):
        return re.sub(r"\s+(?:# )?", " ", text)
    doc = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, DOCUMENTED)]
    comments = re.findall(r"(?:^|\s)#+ (.*)$", text, re.MULTILINE)
    return re.sub(r"\s+", " ", " ".join([*doc, *comments]))


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def wrong_files(text: str) -> Iterator[str]:
    for found in re.finditer(r"(?<![\w./<>*-])((?:[\w-]+/)*[\w-]+\.(?:py|md))(?:::(\w+))?(?![\w/])", text):
        path, test = found.groups()
        if path not in endings() or (test and test not in functions_of(path)):
            yield found[0]
    for path in re.findall(r"`((?:desktop|forms|tests|build|resources)/[\w/.-]*)`", text):
        if path not in MADE and not (HOUSE / path).exists():
            yield path


def wrong_rules(text: str) -> Iterator[str]:
    known = numbers("desktop/sync/RULES.md", r"^### ([RD]\d+)\b")
    yield from (rule for rule in re.findall(r"(?<![\w.])([RD]\d{1,2})(?![\w.]*\w)", text) if rule not in known)


def wrong_steps(text: str) -> Iterator[str]:
    page = "desktop/sync/FORMAT.md"
    known = {"section": sections(page), "step": numbers(page, r"^\| (\d+) \|")}
    some = r"(section|step)s? ([\d.]*\d(?:(?:-| to | and )[\d.]*\d)*)"
    for cited in re.finditer(rf"FORMAT(?:\.md)?(?:'s)?(?:,? {some})+", text):
        for kind, these in re.findall(some, cited[0]):
            yield from (f"{kind} {number}" for number in re.findall(r"[\d.]*\d", these) if number not in known[kind])


def wrong_sections(text: str) -> Iterator[str]:
    pages = {"LEGAL": "forms/LEGAL.md", "SECURITY": "SECURITY.md", "RULES": "desktop/sync/RULES.md"}
    one = r"\d+(?:\.\d+)?(?:\([a-z]\))?"
    for page, these in re.findall(rf"({'|'.join(pages)})\.md,? (?:section )?({one}(?:(?:, | and ){one})*)", text):
        for cited in re.findall(one, these):
            number, _, item = cited.partition("(")
            content = (HOUSE / pages[page]).read_text(encoding="utf-8")
            if number not in sections(pages[page]) or (item and f"({item}" not in content):
                yield f"{page}.md {cited}"


def wrong_decisions(text: str) -> Iterator[str]:
    yield from (number for number in re.findall(r"\b[Dd]ecisions? (\d+)\b", text) if number not in decisions())


KINDS: tuple[Kind, ...] = (wrong_files, wrong_rules, wrong_steps, wrong_sections, wrong_decisions)


@cache
def read() -> dict[str, str]:
    chosen = [name for name in shipped() if name.startswith(ROOTS) or name in PAGES]
    return {
        name: prose(name, (HOUSE / name).read_text(encoding="utf-8"))
        for name in sorted(chosen)
        if Path(name).suffix in SUFFIXES and name != "tests/test_citations.py"
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_is_cited_exists(kind: Kind) -> None:
    wrong = {name: found for name, text in read().items() if (found := sorted(set(kind(text))))}
    assert wrong == {}


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (wrong_files, "verified by crypto/no_such_module.py", ["crypto/no_such_module.py"]),
        (wrong_files, "see (nowhere.md 3.1)", ["nowhere.md"]),
        (wrong_files, "`tests/test_floors.py::test_nothing`", ["tests/test_floors.py::test_nothing"]),
        (wrong_files, "`resources/nothing/` and `desktop/sync/FORMAT.md`", ["resources/nothing/"]),
        (wrong_rules, "numbered in turn (R4, R15, D14)", ["R15"]),
        (wrong_steps, "FORMAT.md sections 4.1 and 9, steps 9 to 15", ["section 9", "step 15"]),
        (wrong_steps, "FORMAT step 99: nothing", ["step 99"]),
        (
            wrong_sections,
            "(LEGAL.md 7.5, 7.99 and 2.7(a)), SECURITY.md 5.1, RULES.md 12",
            ["LEGAL.md 7.99", "RULES.md 12"],
        ),
        (wrong_sections, "LEGAL.md 2.7(z)", ["LEGAL.md 2.7(z)"]),
        (wrong_decisions, "decision 1 and decision 9999", ["9999"]),
    ],
)
def test_a_wrong_citation_is_found(kind: Kind, text: str, expected: list[str]) -> None:
    assert expected == list(kind(text))


def test_a_citation_is_read_across_lines_and_only_where_people_read() -> None:
    source = 'A = "R99"\n\n\ndef f() -> None:\n    """It holds (LEGAL.md\n    9.9).\n    """\n    # see R98\n'
    text = prose("x.py", source)
    assert list(wrong_sections(text)) == ["LEGAL.md 9.9"]
    assert list(wrong_rules(text)) == ["R98"]
