"""A submitted audit's result: for its taker by private link, for the team by number."""

import streamlit as st

from amp.ui import (
    audit_change,
    audit_evidence,
    audit_how,
    audit_peers,
    audit_result,
    audit_steps,
    audit_takeaway,
    components,
    language,
    opened,
    shell,
)

visit = shell.open_page("result")

t = language.choose()
st.title(t("Audit result"))
given = opened.opened(visit, t)
audit_result.thanks(given)
components.headline(given.headline(t))

left, right = st.columns([5, 4], gap="large")
with left:
    audit_result.overall(given, t)
    groups = audit_peers.compare(given, audit_peers.choose_industry(given, t))
    audit_peers.sentences(groups, given, t)
with right:
    audit_result.radar(given, groups, t)
audit_result.categories(given, t)
audit_change.then_and_now(given, t)
audit_result.gains(given, t)
audit_result.statements(given, t)
audit_evidence.show(visit, given.instrument.id, given.answers, ours=opened.is_ours(given))
audit_steps.choose(given, t)
audit_takeaway.downloads(given, groups, t)
audit_takeaway.way_back(given, t)
audit_how.how(given, groups, t)
