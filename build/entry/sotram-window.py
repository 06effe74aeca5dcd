"""Start of the frozen window; the wheel's `sotram-window` does the same."""

from desktop.app import main

main()
