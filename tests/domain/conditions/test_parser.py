"""A condition written out reads as the tree it was written from; anything else is a condition error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.conditions.parser import (
    ARGUMENTS,
    MAX_DEPTH,
    MAX_LENGTH,
    Both,
    Call,
    Comparison,
    ConditionError,
    Either,
    IsEmpty,
    Literal,
    Membership,
    Name,
    Node,
    Not,
    parse_tree,
)

EITHER, BOTH, ONE, OPERAND = range(4)
constants = st.booleans() | st.integers(-999_999, 999_999) | st.text("aă x()'<-", max_size=5)
leaves: st.SearchStrategy[Node] = st.one_of(
    constants.map(Literal),
    st.lists(constants, min_size=1, max_size=3).map(lambda items: Literal(tuple(items))),
    st.lists(st.sampled_from(["a", "b_2", "notice", "android", "inner"]), min_size=1, max_size=3).map(
        lambda path: Name(tuple(path), 0)
    ),
)


def larger(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    named = st.sampled_from([(name, count) for name, count in ARGUMENTS.items() if count > 0])
    return st.one_of(
        parts.map(Either),
        parts.map(Both),
        nodes.map(Not),
        nodes.map(IsEmpty),
        st.builds(Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), nodes, nodes, st.just(0)),
        st.builds(Membership, nodes, nodes, st.just(0)),
        named.flatmap(
            lambda one: st.tuples(*[nodes] * one[1]).map(lambda arguments: Call(one[0], arguments, 0)),
        ),
    )


trees = st.recursive(leaves, larger, max_leaves=12)


def constant(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return str(value).lower()


def written(node: Node, least: int = EITHER) -> str:
    """Return the words of a tree, in brackets where it holds together less than its place asks."""
    match node:
        case Either(parts):
            words, holds = " or ".join(written(part, BOTH) for part in parts), EITHER
        case Both(parts):
            words, holds = " and ".join(written(part, ONE) for part in parts), BOTH
        case Name() | Literal() | Call():
            words, holds = value(node), OPERAND
        case _:
            words, holds = relation(node), ONE
    return words if holds >= least else f"({words})"


def relation(node: Node) -> str:
    match node:
        case Not(Membership(item, group)):
            return f"{written(item, OPERAND)} not in {written(group, OPERAND)}"
        case Not(IsEmpty(operand)):
            return f"{written(operand, OPERAND)} is not empty"
        case Not(operand):  # `not not` is read as nothing
            return f"not {written(operand, OPERAND if isinstance(operand, Not) else ONE)}"
        case Comparison(operator, left, right):
            return f"{written(left, OPERAND)} {operator} {written(right, OPERAND)}"
        case Membership(item, group):
            return f"{written(item, OPERAND)} in {written(group, OPERAND)}"
        case IsEmpty(operand):
            return f"{written(operand, OPERAND)} is empty"
    raise AssertionError(node)


def value(node: Name | Literal | Call) -> str:
    match node:
        case Call(function, arguments):
            return f"{function}({', '.join(map(written, arguments))})"
        case Name(path):
            return ".".join(path)
        case Literal(tuple() as items):
            return f"[{', '.join(map(constant, items))}]"
        case Literal(one):
            return constant(one)


@settings(deadline=None)
@given(trees.filter(lambda tree: len(written(tree)) <= MAX_LENGTH))
def test_a_tree_written_out_is_read_as_itself(tree: Node) -> None:
    assert parse_tree(written(tree)) == tree


@given(st.lists(st.sampled_from(["a", "1", "'x'", "(", ")", "[", "]", ",", "not", "and", "or", "in", "is", "<", "."])))
def test_any_order_of_tokens_is_a_tree_or_an_error_at_one_of_them(words: list[str]) -> None:
    text = " ".join(words)
    starts = {sum(len(word) + 1 for word in words[:place]) + 1 for place in range(len(words))}
    try:
        parse_tree(text)
    except ConditionError as error:
        column = error.column
    else:
        column = len(text) + 1
    assert column in starts | {len(text) + 1, MAX_LENGTH + 1}


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("count(", ")"), ("not (", ")"), ("(a or b and ", ")")])
def test_brackets_and_calls_nest_as_deep_as_is_said(before: str, after: str) -> None:
    deep = MAX_DEPTH - 1  # the whole is the first level
    parse_tree(before * deep + "a" + after * deep)
    with pytest.raises(ConditionError, match=f"at most {MAX_DEPTH} deep") as caught:
        parse_tree(before * (deep + 1) + "a" + after * (deep + 1))
    assert caught.value.column > len(before) * deep


def test_a_long_row_of_brackets_side_by_side_is_not_deep() -> None:
    assert parse_tree(" and ".join(["(a)"] * 100)) == Both((Name(("a",), 0),) * 100)


def test_not_twice_is_nothing() -> None:
    assert parse_tree("not not a") == Name(("a",), 0)
    assert parse_tree("not not not a") == Not(Name(("a",), 0))
