"""When: reporting periods, deadlines, standings, and what is due at an instant. Pure; `now` is an argument."""
