"""The main job played through the real window: `sotram demo`, `make demo`."""

from desktop.demo.story import play

__all__ = ["play"]
