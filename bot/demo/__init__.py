"""A real week played against a stand-in chat server on this machine."""
