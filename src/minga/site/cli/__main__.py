"""`python -m minga.site.cli` is the same as `minga`."""

import sys

from minga.site.cli import main

sys.exit(main())
