"""The state of this installation, for its admin: health, settings in force, version."""

import streamlit as st

from amp.records.access import Role
from amp.ui import shell, system

visit = shell.open_page("system")
visit.role.require(Role.ADMIN)

st.title("System")
system.health()
system.settings_table()
