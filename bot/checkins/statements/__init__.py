"""What is done with the tables of `bot.checkins.store`."""
