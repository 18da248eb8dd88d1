"""Words, Word, PDF and pictures, from templates. No network, no database, no clock."""
