"""Data sets on disk (immutable Parquet) and the hardened in-memory engine that reads them."""
