"""Campaigns: one link for the takers of one company; how many answered, and what they say together."""

import streamlit as st

from amp.ui import campaign_results, campaigns, shell

visit = shell.open_page("campaigns")

st.title("Campaigns")
campaigns.new(visit)
one = campaigns.chosen(visit)
if one is None:
    st.stop()

campaigns.heading(one)
campaigns.invitation(one)
campaign_results.show(one, visit)
campaigns.manage(one, visit)
