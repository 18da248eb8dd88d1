"""Everything that happens to the bot: a message, a moment, a delivery; and the channels they come through."""
