"""Members who left a server, and servers that removed the bot."""
