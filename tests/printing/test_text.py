import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import desktop.printing
from desktop.errors import PrintingError
from desktop.printing.layout import style
from desktop.printing.text import NAME_LIMIT, NARRATIVE_LIMIT, Run, paragraph, paragraphs, printable

MODULES = sorted(Path(desktop.printing.__file__).parent.glob("*.py"))


def plain(text: str) -> str:
    return str(paragraph([Run(text=text)], style("cell")).getPlainText())


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_only_the_wrapper_makes_paragraphs(module: Path) -> None:
    called = {
        node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    makers = {"Paragraph", "XPreformatted", "Preformatted", "ParaParser"}
    assert called & makers == ({"Paragraph"} if module.name == "text.py" else set())


@pytest.mark.parametrize(
    "text",
    ["<b>x", "</para>", "&amp;", "&#60;b>", '<img src="x.png"/>', "a < b > c & d", "<br/>", "<![CDATA[x]]>", "<?x?>"],
)
def test_markup_is_text(text: str) -> None:
    assert plain(text) == text


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Zs", "Zl", "Zp", "Cc", "Cf")), min_size=1))
def test_any_text_without_spaces_is_kept_to_the_letter(text: str) -> None:
    assert plain(text) == printable(text)


def test_steering_characters_are_left_out() -> None:
    assert printable("a\x00b\u202ec\u200bd\u2066e\ufeffg\x1bh\u00adi") == "abcdeghi"


def test_lone_surrogates_are_left_out() -> None:
    assert printable("a\ud800b") == "ab"


def test_decomposed_letters_are_composed() -> None:
    assert printable("Lo\u0300 Thi\u0323") == "Lò Thị"


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028", "\v"])
def test_every_kind_of_line_break_is_one(line_break: str) -> None:
    assert printable(f"một{line_break}hai") == "một\nhai"


def test_a_tab_is_a_space() -> None:
    assert printable("a\tb") == "a b"


def test_a_text_of_just_the_limit_is_printed() -> None:
    assert len(printable("x" * NAME_LIMIT, limit=NAME_LIMIT)) == NAME_LIMIT


def test_one_character_more_is_refused_and_the_refusal_holds_no_value() -> None:
    with pytest.raises(PrintingError) as refusal:
        printable("Lò" * NARRATIVE_LIMIT, path="wishes")

    assert refusal.value.code == "text_too_long_to_print"
    assert refusal.value.context == {"field": "wishes", "length": 40_000, "limit": 20_000}


def test_runs_carry_their_style() -> None:
    words = paragraph([Run(text="a", bold=True), Run(text="b", italic=True), Run(text="c", raised=True)], style("cell"))

    assert [frag.fontName for frag in words.frags] == ["Tinos-Bold", "Tinos-Italic", "Tinos"]
    assert [frag.rise > 0 for frag in words.frags] == [False, False, True]


def test_very_many_lines_become_several_paragraphs_and_none_is_lost() -> None:
    lines = [f"dòng {number}" for number in range(100)]
    found = paragraphs([Run(text="Ghi: "), Run(text="\n".join(lines))], style("body"), style("body_further"))

    assert len(found) == 4
    assert found[0].style is style("body")
    assert {words.style for words in found[1:]} == {style("body_further")}
    printed = [line for words in found for line in words.getPlainText().replace("dòng", "\ndòng").split("\n")]
    assert [line.strip() for line in printed if "dòng" in line] == lines


def test_no_text_is_one_empty_paragraph() -> None:
    assert len(paragraphs([], style("cell"), style("cell"))) == 1
