"""Start of the frozen window; the wheel's `sotram-window` does the same."""

import sys

from desktop.app import main

sys.exit(main())
