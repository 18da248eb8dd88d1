"""narrative (stub)"""
