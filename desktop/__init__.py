"""Sotram: encrypted offline registers of a post, and their exchange with the province."""

__version__ = "0.1.0"
