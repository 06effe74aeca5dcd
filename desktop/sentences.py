"""The one table of sentences: a code and its named places in, a sentence for a person out.

- resources/messages/*.toml hold `[code]` tables with `vi` and `en`; two files never share a code.
- A sentence says where, what, and what to do. Code that raises or returns never holds the words.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Literal

from desktop.paths import resources_dir

Language = Literal["vi", "en"]


def sentence(code: str, context: Mapping[str, str | int], language: Language = "vi") -> str:
    """Return the sentence of a code with its places filled; a place without a context shows its name."""
    return all_sentences()[code][language].format_map(_Places(context))


@cache
def all_sentences() -> Mapping[str, Mapping[Language, str]]:
    """Return every sentence by code.

    Raises:
        ValueError: two files define one code, or a code lacks a language (a fault of ours, found by the tests).
    """
    found: dict[str, Mapping[Language, str]] = {}
    for path in sorted((resources_dir() / "messages").glob("*.toml")):
        for code, texts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in found or set(texts) != {"vi", "en"}:
                message = f"{path.name}: {code}"
                raise ValueError(message)
            found[code] = texts
    return found


class _Places(dict[str, str | int]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
