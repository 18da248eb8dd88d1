"""Rules between figures, and values that follow from them. Pure: judges, never decides what is done about it."""
