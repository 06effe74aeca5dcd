"""The main job played through the real window: `sotram demo`, `make demo`; `story.play` begins it."""
