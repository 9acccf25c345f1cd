"""The statements that read and write the tables of `bot.faq.store`."""
