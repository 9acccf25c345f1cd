"""What is done with the tables of `bot.daily.store`."""
