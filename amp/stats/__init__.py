"""Estimators on plain arrays: every figure with its interval, and nothing where none can be had."""
