"""The door: the ASGI app that `streamlit run app.py` (or any ASGI server) serves."""

from pathlib import Path

import streamlit as st

from amp.ui import door

app = st.App(
    Path(__file__).parent / "amp" / "ui" / "main.py",
    lifespan=door.lifespan,
    routes=door.routes(),
    middleware=door.middleware(),
    on_script_error=door.show_error,
)
