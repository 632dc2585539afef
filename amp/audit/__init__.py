"""The self-assessment as pure functions: the instrument, its scoring and its bands."""
