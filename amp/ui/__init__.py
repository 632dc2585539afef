"""The room of Streamlit: shell, access, filters, cache and the parts that pages are put together from."""
