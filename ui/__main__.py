"""``python -m ui``: the command where no script is installed."""

from ui.cli import main

main()
