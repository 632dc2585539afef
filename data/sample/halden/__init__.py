"""The sample company: an invented maker of laboratory and test equipment, written in the vendors' own formats."""
