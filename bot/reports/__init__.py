"""What is handed up: submissions compiled into a report, and its approval. Pure."""
