"""What receiving needs to know of other stations: their cards and how far each is trusted.

- A revoked station's operations count up to the point its log had reached here when it was revoked, and no further.
- Which kind of station may send which kind of bundle is a table, not a judgement.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from desktop.crypto.ssh_signature import public_key_line
from desktop.crypto.station_card import StationCard
from desktop.domain.log.operation import OperationId
from desktop.sync.signed_header import BundleKind

TRUST_VERSION: Final = 0  # of the signed trust list; none exists yet (FORMAT.md section 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedStation:
    """A station connected here. `cut_off` is the last operation believed of a revoked one."""

    card: StationCard
    status: Literal["pending", "trusted", "revoked"] = "trusted"
    cut_off: OperationId | None = None


Trust: TypeAlias = Mapping[str, TrustedStation]

_POSTS: Final = ("commune", "border")
# FORMAT step 5: (kind of bundle, kind of sending station, kind of receiving station)
PERMISSIONS: Final = frozenset(
    {(BundleKind.ACK, "province", receiver) for receiver in _POSTS}
    | {(BundleKind.SYNC, sender, receiver) for sender in _POSTS for receiver in (*_POSTS, "province")}
    | {(BundleKind.SYNC, "province", "province")}
)
KNOWN_KINDS: Final = frozenset(kind for kind, _, _ in PERMISSIONS)


def key_fingerprint(signing_key: bytes) -> str:
    """Return the fingerprint of a signing key as `ssh-keygen -l` prints it."""
    blob = base64.b64decode(public_key_line(signing_key, "").split(" ")[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode("ascii").rstrip("=")
