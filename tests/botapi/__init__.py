"""A server of the Bot API that shares no line with the stand-in of the demo: what that one does by habit, this one may not."""
