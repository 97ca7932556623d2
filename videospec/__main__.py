"""`python -m videospec` is the command line."""

import sys

from videospec.cli import main

if __name__ == "__main__":
    sys.exit(main())
