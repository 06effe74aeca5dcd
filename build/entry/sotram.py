"""Start of the frozen command; the wheel's `sotram` does the same."""

import sys

from desktop.cli import main

sys.exit(main())
