"""The keys of a JSON object from outside, taken out one by one with their types; the first wrong one refuses all."""

import re
from typing import Final

from desktop.domain.log.operation import LARGEST_INTEGER, Json
from desktop.errors import BundleError

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
HEX_32: Final = re.compile(r"[0-9a-f]{32}")


class JsonFields:
    """An object being read; nested objects refuse unknown keys by themselves, through the one they are in.

    Every method raises BundleError `bundle_inner` with the key that is missing or wrong.
    """

    def __init__(self, content: Json) -> None:
        if not isinstance(content, dict):
            raise BundleError("bundle_inner", key="object")
        self._content = content
        self._taken: set[str] = set()
        self._nested: list[JsonFields] = []

    def text(self, key: str, pattern: re.Pattern[str] | None = None, longest: int = 200) -> str:
        value = self._take(key)
        if not isinstance(value, str) or len(value) > longest or (pattern and not pattern.fullmatch(value)):
            raise BundleError("bundle_inner", key=key)
        return value

    def texts(self, key: str, pattern: re.Pattern[str], most: int) -> tuple[str, ...]:
        found = tuple(item for item in self._list(key, most) if isinstance(item, str) and pattern.fullmatch(item))
        if len(found) != len(self._list(key, most)):
            raise BundleError("bundle_inner", key=key)
        return found

    def digest(self, key: str) -> bytes:
        return bytes.fromhex(self.text(key, DIGEST))

    def flag(self, key: str) -> bool:
        value = self._take(key)
        if not isinstance(value, bool):
            raise BundleError("bundle_inner", key=key)
        return value

    def number(self, key: str) -> int:
        return _number(self._take(key), key)

    def numbers(self, key: str, count: int) -> tuple[int, ...]:
        found = tuple(_number(item, key) for item in self._list(key, count))
        if len(found) != count:
            raise BundleError("bundle_inner", key=key)
        return found

    def counts(self, key: str, names: re.Pattern[str]) -> dict[str, int]:
        value = self._take(key)
        if not isinstance(value, dict) or not all(map(names.fullmatch, value)):
            raise BundleError("bundle_inner", key=key)
        return {name: _number(count, key) for name, count in value.items()}

    def object(self, key: str) -> "JsonFields":
        nested = JsonFields(self._take(key))
        self._nested.append(nested)
        return nested

    def optional_object(self, key: str) -> "JsonFields | None":
        return None if self._take(key) is None else self.object(key)

    def objects(self, key: str, most: int) -> "list[JsonFields]":
        found = [JsonFields(item) for item in self._list(key, most)]
        self._nested += found
        return found

    def refuse_unknown(self) -> None:
        """Call when everything this version knows has been taken."""
        if unknown := set(self._content) - self._taken:
            raise BundleError("bundle_inner", key=min(unknown)[:40])
        for nested in self._nested:
            nested.refuse_unknown()

    def _take(self, key: str) -> Json:
        self._taken.add(key)
        if key not in self._content:
            raise BundleError("bundle_inner", key=key)
        return self._content[key]

    def _list(self, key: str, most: int) -> list[Json]:
        value = self._take(key)
        if not isinstance(value, list):
            raise BundleError("bundle_inner", key=key)
        if len(value) > most:
            raise BundleError("bundle_limit", what=key, limit=most)
        return value


def _number(value: Json, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_INTEGER:
        raise BundleError("bundle_inner", key=key)
    return value
