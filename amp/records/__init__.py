"""What people did: audits, sign-ins, overrides and remembered mappings, in SQLite behind stores that return values."""
