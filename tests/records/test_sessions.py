"""Signing in: the right role, patience with the wrong passcode, and an end when unused."""

from datetime import timedelta

import pytest
from pydantic import SecretStr

from amp.config import Settings
from amp.errors import NotAllowed
from amp.records import attempts
from amp.records.access import Passcodes, Role
from amp.records.database import open_records

CODES = {Role.VIEWER: "look-only-1", Role.EDITOR: "may-write-2", Role.ADMIN: "may-all-33"}
PASSCODES = Passcodes({role: SecretStr(code) for role, code in CODES.items()})
IDLE = timedelta(minutes=30)


@pytest.fixture
def records(path):
    opened = open_records(path, passcodes=PASSCODES, idle=IDLE)
    yield opened
    opened.close()


@pytest.fixture
def sessions(records):
    return records.sessions


def fail(sessions, now, times, client="10.0.0.1"):
    for _ in range(times):
        with pytest.raises(NotAllowed):
            sessions.sign_in("wrong", client, now)


@pytest.mark.parametrize("role", CODES)
def test_each_passcode_brings_its_role(sessions, now, role):
    token = sessions.sign_in(CODES[role], "10.0.0.1", now)
    assert sessions.whoami(token, now).role is role


def test_a_role_covers_the_roles_below_it():
    assert Role.GUEST < Role.VIEWER < Role.EDITOR < Role.ADMIN
    Role.ADMIN.require(Role.EDITOR)
    with pytest.raises(NotAllowed, match="needs the role editor; yours is viewer"):
        Role.VIEWER.require(Role.EDITOR)


def test_the_passcodes_come_from_the_settings_and_are_kept_only_as_hashes():
    given = Settings(auth="passcode", admin_passcode=SecretStr("may-all-33"))
    passcodes = Passcodes.of(given)
    assert passcodes.role_for("may-all-33") is Role.ADMIN
    assert passcodes.role_for("") is None
    assert "may-all-33" not in str(vars(passcodes))


@pytest.mark.parametrize("wrong", ["", "look-only", "LOOK-ONLY-1", "look-only-1 "])
def test_a_wrong_passcode_is_told(sessions, now, wrong):
    with pytest.raises(NotAllowed, match="not known"):
        sessions.sign_in(wrong, "10.0.0.1", now)


def test_without_passcodes_nobody_signs_in(path, now):
    opened = open_records(path)
    with pytest.raises(NotAllowed):
        opened.sessions.sign_in("", "10.0.0.1", now)
    opened.close()


def test_after_five_wrong_tries_even_the_right_passcode_waits(sessions, now):
    fail(sessions, now, 5)
    with pytest.raises(NotAllowed, match="possible in 5 seconds"):
        sessions.sign_in(CODES[Role.ADMIN], "10.0.0.1", now)
    assert sessions.sign_in(CODES[Role.ADMIN], "10.0.0.1", now + timedelta(seconds=5))


def test_the_wait_doubles_up_to_five_minutes(sessions, now):
    moment, waits = now, []
    fail(sessions, moment, 5)
    for wait in (5, 10, 20, 40, 80, 160, 300, 300):
        with pytest.raises(NotAllowed) as caught:
            sessions.sign_in("wrong", "10.0.0.1", moment)
        waits.append(caught.value.message.rsplit("possible in ")[1])
        moment += timedelta(seconds=wait)
        fail(sessions, moment, 1)
    seconds, minutes = ["5 seconds.", "10 seconds.", "20 seconds.", "40 seconds."], ["2 minutes.", "3 minutes."]
    assert waits == [*seconds, *minutes, "5 minutes.", "5 minutes."]


def test_a_restart_does_not_forget_wrong_tries(path, now):
    first = open_records(path, passcodes=PASSCODES)
    fail(first.sessions, now, 5)
    first.close()
    second = open_records(path, passcodes=PASSCODES)
    with pytest.raises(NotAllowed, match="Too many"):
        second.sessions.sign_in(CODES[Role.ADMIN], "10.0.0.1", now)
    second.close()


def test_another_client_does_not_wait_for_the_first(sessions, now):
    fail(sessions, now, 5)
    assert sessions.sign_in(CODES[Role.VIEWER], "10.0.0.2", now)


def test_many_clients_guessing_together_wait_too_but_not_long(records, sessions, now):
    with records._database.write() as connection:
        for number in range(100):
            attempts.count_failure(connection, f"10.0.1.{number}", now)
    with pytest.raises(NotAllowed, match="possible in 5 seconds"):
        sessions.sign_in(CODES[Role.ADMIN], "10.0.2.1", now)
    assert sessions.sign_in(CODES[Role.ADMIN], "10.0.2.1", now + timedelta(seconds=10))


def test_the_right_passcode_counts_for_nobody(sessions, now):
    for _ in range(20):
        assert sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)


def test_who_knows_one_passcode_cannot_guess_another_without_waiting(sessions, now):
    fail(sessions, now, 4)
    sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    fail(sessions, now, 1)
    with pytest.raises(NotAllowed, match="Too many"):
        sessions.sign_in("another guess", "10.0.0.1", now)


def test_a_session_lasts_twelve_hours_however_busy(sessions, now):
    token = sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    for minutes in range(0, 12 * 60, 20):
        assert sessions.whoami(token, now + timedelta(minutes=minutes))
    assert sessions.whoami(token, now + timedelta(hours=12, minutes=1)) is None


def test_wrong_tries_are_forgotten_after_an_hour(sessions, now):
    fail(sessions, now, 4)
    later = now + timedelta(hours=1, seconds=1)
    fail(sessions, later, 4)
    assert sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", later)


def test_neither_token_nor_passcode_nor_address_is_in_the_file(sessions, path, now):
    token = sessions.sign_in(CODES[Role.EDITOR], "10.9.8.7", now)
    fail(sessions, now, 1, client="10.9.8.7")
    content = b"".join(part.read_bytes() for part in path.parent.iterdir())
    assert not [secret for secret in (token, CODES[Role.EDITOR], "10.9.8.7") if secret.encode() in content]


def test_a_session_ends_when_unused(sessions, now):
    token = sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    assert sessions.whoami(token, now + IDLE)
    assert sessions.whoami(token, now + 2 * IDLE), "being used had kept it alive"
    assert sessions.whoami(token, now + 3 * IDLE + timedelta(seconds=1)) is None


def test_a_session_is_touched_at_most_once_a_minute(sessions, now):
    token = sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    sessions.whoami(token, now + timedelta(seconds=59))
    assert sessions.whoami(token, now + timedelta(seconds=59)).seen_at == now
    sessions.whoami(token, now + timedelta(seconds=60))
    assert sessions.whoami(token, now + timedelta(seconds=60)).seen_at == now + timedelta(seconds=60)


def test_an_unknown_token_is_nobody(sessions, now):
    assert sessions.whoami("unknown", now) is None


def test_a_ticket_is_good_once(sessions, now):
    token = sessions.sign_in(CODES[Role.EDITOR], "10.0.0.1", now)
    ticket = sessions.ticket(token, now)
    cookie = sessions.redeem(ticket, now)
    assert sessions.whoami(cookie, now).role is Role.EDITOR
    assert sessions.whoami(token, now).role is Role.EDITOR, "the tab that signed in stays signed in"
    with pytest.raises(NotAllowed, match="used up or too old"):
        sessions.redeem(ticket, now)


def test_a_ticket_is_good_for_a_minute(sessions, now):
    ticket = sessions.ticket(sessions.sign_in(CODES[Role.EDITOR], "10.0.0.1", now), now)
    with pytest.raises(NotAllowed, match="used up or too old"):
        sessions.redeem(ticket, now + timedelta(seconds=61))


def test_an_ended_session_gets_no_ticket(sessions, now):
    token = sessions.sign_in(CODES[Role.EDITOR], "10.0.0.1", now)
    sessions.sign_out(token)
    with pytest.raises(NotAllowed, match="signed out"):
        sessions.ticket(token, now)


def test_signing_out_ends_the_cookie_and_open_tickets_too(sessions, now):
    token = sessions.sign_in(CODES[Role.EDITOR], "10.0.0.1", now)
    cookie = sessions.redeem(sessions.ticket(token, now), now)
    ticket = sessions.ticket(token, now)
    sessions.sign_out(cookie)
    sessions.sign_out(cookie)
    assert sessions.whoami(token, now) is None
    with pytest.raises(NotAllowed):
        sessions.redeem(ticket, now)


def test_purging_removes_only_what_has_ended(sessions, now):
    sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    kept = sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now + IDLE)
    assert sessions.purge(now + IDLE + timedelta(seconds=1)) == 1
    assert sessions.whoami(kept, now + IDLE)


def test_changing_a_passcode_signs_out_its_role_and_no_other(path, now):
    first = open_records(path, passcodes=PASSCODES, idle=IDLE)
    admin = first.sessions.sign_in(CODES[Role.ADMIN], "10.0.0.1", now)
    viewer = first.sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    first.close()
    changed = Passcodes({role: SecretStr(code) for role, code in {**CODES, Role.ADMIN: "brand-new-4"}.items()})
    second = open_records(path, passcodes=changed, idle=IDLE)
    assert second.sessions.whoami(admin, now) is None
    assert second.sessions.whoami(viewer, now)
    second.close()


def test_taking_a_passcode_away_signs_out_its_role(path, now):
    first = open_records(path, passcodes=PASSCODES, idle=IDLE)
    viewer = first.sessions.sign_in(CODES[Role.VIEWER], "10.0.0.1", now)
    first.close()
    second = open_records(path, passcodes=Passcodes({Role.ADMIN: SecretStr(CODES[Role.ADMIN])}), idle=IDLE)
    assert second.sessions.whoami(viewer, now) is None
    second.close()
