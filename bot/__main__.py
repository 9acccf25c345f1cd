"""`python -m bot` is `waymark`."""

from bot.cli import main

main()
