"""One account: everything known about it, from revenue to the words of its people."""

import streamlit as st

from amp.ui import account, cache, components, shell

visit = shell.open_page("account")

st.title("Account")
if not cache.workspace().facts.accounts:
    components.nothing_yet("No account list is loaded yet.", visit)
    st.stop()

account_id = account.choose()
if account_id is None:
    st.stop()
found = cache.account(account_id)
components.headline(found.headline)
account.facts(found)
account.waves(found)
account.contacts(found)
account.quotes(found)
