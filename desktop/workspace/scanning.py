"""Reading what a scanner typed, with this station's administrative units at hand. Nothing of it is stored."""

from desktop.intake.scanner import ScanResult
from desktop.intake.scanner import scan as read_scan
from desktop.workspace.session import Workspace


def scan(workspace: Workspace, text: str) -> ScanResult:
    return read_scan(text, today=workspace.today(), places=workspace.places)
