"""Whether Qt will find a screen, asked before it is started: where it finds none it aborts with words of its own.

The order is Qt's (qguiapplication.cpp, init_platform): QT_QPA_PLATFORM, else X by DISPLAY and Wayland by
WAYLAND_DISPLAY, whichever opens. Each is opened here by the library that Qt opens it with, which takes a millisecond.
"""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo


def why_no_screen(environment: Mapping[str, str] = os.environ) -> str:
    """Return why no window can be shown, in words for the place {why} of a sentence; empty when one can be."""
    if sys.platform in {"win32", "darwin"}:
        return ""
    wanted = [name.split(":")[0] for name in environment.get("QT_QPA_PLATFORM", "").split(";") if name]
    if any(name not in {"xcb", "wayland"} for name in wanted):
        return ""  # offscreen, a frame buffer: it needs no display
    reasons = []
    for name, variable, opens in (("xcb", "DISPLAY", _x_opens), ("wayland", "WAYLAND_DISPLAY", _wayland_opens)):
        display = environment.get(variable)
        if wanted and name not in wanted:
            continue
        if not display:
            reasons.append(f"{variable} -")
            continue
        reason = _plugin_lacks(name)
        try:
            if not reason and opens():
                return ""
        except OSError as error:
            reason = str(error)
        reasons.append(f"{variable}={display}" + (f" ({reason})" if reason else ""))
    return ", ".join(reasons)


def _x_opens() -> bool:
    library = ctypes.CDLL("libxcb.so.1")
    library.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(library.xcb_connect(None, None))
    try:
        return not library.xcb_connection_has_error(connection)
    finally:
        library.xcb_disconnect(connection)


def _wayland_opens() -> bool:
    library = ctypes.CDLL("libwayland-client.so.0")
    library.wl_display_connect.restype = ctypes.c_void_p
    connection = library.wl_display_connect(None)
    if connection:
        library.wl_display_disconnect(ctypes.c_void_p(connection))
    return bool(connection)


def _plugin_lacks(platform: str) -> str:
    """Return what the loader says that Qt's plugin lacks, e.g. `libxcb-cursor.so.0: cannot open ...`; else nothing."""
    plugin = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms" / f"libq{platform}.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error)
    return ""
