"""``python -m sizing`` is the ``sizing`` command."""

from sizing.cli import main

raise SystemExit(main())
