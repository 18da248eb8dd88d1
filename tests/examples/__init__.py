"""The demo week (01–07/6/2026) as inputs of every message: what tests and docs/messages.md render."""
