"""AMP: the Account Management Profile, a self-hosted dashboard for keeping and growing key accounts."""

__version__ = "0.1.0"
