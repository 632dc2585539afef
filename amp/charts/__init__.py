"""A typed result in, a plotly figure and its text alternative out; all in one template."""
