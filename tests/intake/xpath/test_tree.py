"""An expression written out reads as the tree it was written from; anything else is told as unsupported."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.intake.xpath.tree import (
    MAX_DEPTH,
    MAX_LENGTH,
    MAX_OPERATIONS,
    BinaryOperation,
    Constant,
    Expression,
    Function,
    Reference,
    Self,
    parse_xpath,
)
from desktop.intake.xpath.unsupported import Unsupported, Why

LOOSEST_FIRST = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
LEVEL = {operator: level for level, operators in enumerate(LOOSEST_FIRST) for operator in operators}
OPERAND = len(LOOSEST_FIRST)

leaves: st.SearchStrategy[Expression] = st.one_of(
    st.text("aă x()'<-", max_size=5).map(Constant),
    st.decimals(-9999, 9999, places=2).map(Constant),
    st.sampled_from(["a", "and", "năm", "b-2.c"]).map(Reference),
    st.just(Self()),
)
trees = st.recursive(
    leaves,
    lambda nodes: st.one_of(
        st.builds(BinaryOperation, st.sampled_from(sorted(LEVEL)), nodes, nodes),
        st.builds(Function, st.sampled_from(["if", "not", "jr:choice-name"]), st.lists(nodes, max_size=3).map(tuple)),
    ),
    max_leaves=15,
)


def written(tree: Expression, least: int = 0) -> str:
    """Return the words of a tree, in brackets where it holds together less than its place asks."""
    match tree:
        case Constant(str() as text):
            return f'"{text}"'
        case Constant(number):
            return str(number)
        case Reference(name):
            return f"${{{name}}}"
        case Self():
            return "."
        case Function(name, arguments):
            return f"{name}({', '.join(map(written, arguments))})"
        case BinaryOperation(operator, left, right):
            level = LEVEL[operator]
            words = f"{written(left, level)} {operator} {written(right, level + 1)}"
            return words if level >= least else f"({words})"


@settings(deadline=None)
@given(trees.filter(lambda tree: len(written(tree)) <= MAX_LENGTH))
def test_a_tree_written_out_is_read_as_itself(tree: Expression) -> None:
    assert parse_xpath(written(tree)) == tree


@given(
    st.lists(
        st.sampled_from(
            [
                "${a}",
                "../b",
                "'x'",
                "1",
                ".",
                "..",
                "/",
                "f",
                "(",
                ")",
                ",",
                "-",
                "+",
                "div",
                "and",
                "or",
                "=",
                "<",
                "#",
            ]
        )
    )
)
def test_any_order_of_tokens_is_a_tree_or_unsupported(words: list[str]) -> None:
    text = " ".join(words)
    starts = {sum(len(word) + 1 for word in words[:place]) + 1 for place in range(len(words))}
    try:
        parse_xpath(text)
    except Unsupported as error:
        told = error
    else:
        return
    assert told.why in {Why.UNREADABLE, Why.PATH, Why.TOO_LONG, Why.ARITHMETIC}
    assert told.why is not Why.UNREADABLE or told.context["position"] in starts | {len(text) + 1}


@pytest.mark.parametrize(("text", "why"), [("/a # 'x'", Why.PATH), ("# /a", Why.UNREADABLE), ("1 1 /a", Why.PATH)])
def test_the_first_thing_that_cannot_be_read_is_told(text: str, why: Why) -> None:
    with pytest.raises(Unsupported) as caught:
        parse_xpath(text)
    assert caught.value.why is why


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("f(", ")"), ("(1 + ", ")")])
def test_brackets_and_calls_nest_as_deep_as_is_said(before: str, after: str) -> None:
    deep = MAX_DEPTH - 1  # the whole is the first level
    parse_xpath(before * deep + "1" + after * deep)
    with pytest.raises(Unsupported) as caught:
        parse_xpath(before * (deep + 1) + "1" + after * (deep + 1))
    assert caught.value.why is Why.TOO_LONG


def test_as_many_operators_are_read_as_is_said() -> None:
    parse_xpath("1" + " or 1" * MAX_OPERATIONS)
    with pytest.raises(Unsupported) as caught:
        parse_xpath("1" + " or 1" * MAX_OPERATIONS + " or")
    assert caught.value.why is Why.TOO_LONG


def test_a_question_called_as_an_operator_is_none() -> None:
    for text in ("1 ${and} 1", "1 ../div 1"):
        with pytest.raises(Unsupported) as caught:
            parse_xpath(text)
        assert (caught.value.why, caught.value.context["position"]) == (Why.UNREADABLE, 3)


def test_a_sign_twice_is_none() -> None:
    assert parse_xpath("--1") == parse_xpath("1")
    assert parse_xpath("1 - ---1") == parse_xpath("1 - -1")
