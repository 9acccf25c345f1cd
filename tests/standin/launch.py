"""Runs Waymark's command line against a stand-in for Discord: `launch.py BASE_URL ARGUMENT…`."""

import sys

import discord.http

from bot.cli import main

if __name__ == "__main__":
    discord.http.Route.BASE = f"{sys.argv.pop(1)}/api/v10"
    main()
