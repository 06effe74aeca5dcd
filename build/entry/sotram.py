"""Start of the frozen command; the wheel's `sotram` does the same."""

from desktop.cli import main

main()
