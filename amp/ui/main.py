"""The script that every visit runs: navigation first, then the page, whose first statement is its guard."""

from amp.ui import shell

shell.run()
