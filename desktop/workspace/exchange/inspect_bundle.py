"""Looking at a bundle from outside: what it says of itself, and whether its seal holds. No registry is needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.crypto import station_card
from desktop.domain.log.operation import Json
from desktop.errors import BundleError, BundleHeld
from desktop.sentences import Language, sentence
from desktop.sync import stick, verification
from desktop.sync.trust import TrustedStation
from desktop.workspace.exchange.stations import card_file_text


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReport:
    """The verdict on a bundle's outside; `content` is what a script reads."""

    content: Mapping[str, Json]
    code: str

    @property
    def is_verified(self) -> bool:
        return self.content["verdict"] == "ACCEPTED"

    def message(self, language: Language) -> str:
        context = {name: value for name, value in self.content.items() if isinstance(value, str | int)}
        return sentence(self.code, context, language)


def inspect(path: Path) -> dict[str, Json]:
    """Raises BundleError, BundleHeld: FORMAT.md steps 1 to 4."""
    return verification.inspect_bundle(stick.read_file(path))


def verify(path: Path, card: Path | None) -> BundleReport:
    """Verify steps 1 to 8 of FORMAT.md against a sender's card; without one the sender is unknown, which is said."""
    trust = {}
    if card is not None:
        known = station_card.parse_card(card_file_text(card))
        trust[known.station] = TrustedStation(card=known)
    try:
        file = stick.read_file(path)
    except (BundleError, BundleHeld) as error:
        return BundleReport(content={"verdict": "REJECT", "code": error.code, **error.context}, code=error.code)
    found = verification.verify_bundle(file, trust)
    return BundleReport(content=found, code=str(found["code"] or "bundle_verified"))
