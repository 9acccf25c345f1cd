"""Waymark's errors. Each is written for the person who sees it.

WaymarkError
├── MemberError          shown to a member in Discord, as it is
│   └── RoleGone         (bot.careers.service)
└── OperatorError        shown to who runs the bot, on the terminal
    ├── SettingsError    (bot.config)
    ├── DataDirectoryError
    ├── StoreError       (bot.store.errors)
    └── ConnectError     (bot.app)
"""


class WaymarkError(Exception):
    """Base of all errors that Waymark raises on purpose."""


class MemberError(WaymarkError):
    """Something a member can't do now; the text says why and what to do next.

    The text is already translated and within Discord's limits.
    """


class OperatorError(WaymarkError):
    """Something whoever runs the bot must mend; the text says what and how."""
