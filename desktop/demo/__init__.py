"""The main job played through the real window: `sotram demo`, `make demo`; `scenario.play` begins it."""
