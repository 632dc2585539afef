"""The widgets of one step of the audit and nothing else: what our rerun is measured against."""

import streamlit as st

WORDS = {1: "Never", 2: "Occasionally", 3: "Usually", 4: "Frequently", 5: "Always"}

st.title("Account management audit")
st.progress(0.2, text="Statement 6 of 25")
for place in range(5):
    st.segmented_control(
        f"Statement {place}", tuple(WORDS), format_func=lambda value: f"{value} :small[{WORDS[value]}]",
        key=f"audit-rate-{place}", required=True, width="stretch", wrap=False,
    )  # fmt: skip
st.button("Back")
st.button("Next", type="primary")
