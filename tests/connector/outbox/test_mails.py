"""Mails: kept in files without a server, tried again when the server does not answer."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from datetime import timedelta
from pathlib import Path

from connector.courtesy.links import project_of
from connector.db.engine import Database
from connector.db.tables import Mail, Person, maintainership
from connector.outbox.mails import deliver_mails, footer_of, message_of, send_mail
from connector.settings import Settings, load_settings
from tests.fakes import FakeClock
from tests.rows import project_row


def settings_for(tmp_path: Path, **environ: str) -> Settings:
    return load_settings({"WECENA_DATA_DIR": str(tmp_path), "WECENA_SECRET_KEY": "x" * 32, **environ})


def put(db: Database, clock: FakeClock) -> None:
    with db.sessions.begin() as session:
        send_mail(session, "v@example.org", "Votre\nlien", "Voilà : https://wecena.example.org/in/abc\n", clock())


def only_mail(db: Database) -> Mail:
    with db.readers() as session:
        return session.query(Mail).one()


def test_without_a_server_a_mail_becomes_a_file(sqlite_db: Database, tmp_path: Path) -> None:
    clock = FakeClock()
    put(sqlite_db, clock)
    settings = settings_for(tmp_path)
    assert [deliver_mails(sqlite_db, settings, clock), deliver_mails(sqlite_db, settings, clock)] == [1, 0]
    (path,) = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (message["To"], message["Subject"]) == ("v@example.org", "Votre lien")
    assert "https://wecena.example.org/in/abc" in message.get_content()
    assert path.stat().st_mode & 0o077 == 0
    assert only_mail(sqlite_db).sent_at == clock()


def test_a_server_that_does_not_answer_is_tried_again_later(sqlite_db: Database, tmp_path: Path) -> None:
    clock = FakeClock()
    put(sqlite_db, clock)
    settings = settings_for(tmp_path, WECENA_SMTP_URL="smtp://127.0.0.1:1")
    assert deliver_mails(sqlite_db, settings, clock) == 1
    assert only_mail(sqlite_db).error == "ConnectionRefusedError"
    assert deliver_mails(sqlite_db, settings, clock) == 0
    clock.at += timedelta(minutes=1)
    assert deliver_mails(sqlite_db, settings, clock) == 1


class OneMail(socketserver.StreamRequestHandler):
    """As much of an SMTP server as one mail needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                while (text := self.rfile.readline()) != b".\r\n":
                    self.server.lines.append(text)  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                break


def test_with_a_server_a_mail_is_sent(sqlite_db: Database, tmp_path: Path) -> None:
    clock = FakeClock()
    put(sqlite_db, clock)
    with socketserver.TCPServer(("127.0.0.1", 0), OneMail) as server:
        server.lines = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings = settings_for(tmp_path, WECENA_SMTP_URL=f"smtp://127.0.0.1:{server.server_address[1]}")
        deliver_mails(sqlite_db, settings, clock)
        thread.join()
        assert b"To: v@example.org\r\n" in server.lines  # type: ignore[attr-defined]
    assert only_mail(sqlite_db).sent_at == clock()


def test_every_mail_to_a_maintainer_ends_with_the_way_out(sqlite_db: Database, tmp_path: Path) -> None:
    """DOMAIN 8, rule 2: and a mail program's own button presses it."""
    clock, settings = FakeClock(), settings_for(tmp_path)
    with sqlite_db.sessions.begin() as session:
        project = project_row(session, clock())
        person = Person(email="Yann@example.org", role="maintainer", language="en", created_at=clock())
        session.add(person)
        session.flush()
        session.execute(maintainership.insert().values(person_id=person.id, project_id=project.id))
        mail = send_mail(session, "yann@example.org", "Hello", "Text\n", clock())
        other = send_mail(session, "v@example.org", "Hello", "Text\n", clock())
        footer = footer_of(session, mail, settings)
        assert footer_of(session, other, settings) is None
        assert footer is not None
        (link,) = footer.links
        assert project_of(link.rpartition("/")[2], settings.secret_key.get_secret_value()) == project.id
        message = message_of(mail, "wecena@example.org", footer)
    assert message.get_content().endswith(f"To stop everything in asso/site: {link}\n")
    assert (message["List-Unsubscribe"], message["List-Unsubscribe-Post"]) == (
        f"<{link}>",
        "List-Unsubscribe=One-Click",
    )


def test_a_line_that_is_a_path_of_ours_is_sent_as_an_address(sqlite_db: Database) -> None:
    clock = FakeClock()
    with sqlite_db.sessions.begin() as session:
        mail = send_mail(session, "v@example.org", "Hello", "Take this:\n/tasks/12\nor and/or /not this\n", clock())
        message = message_of(mail, "wecena@example.org", site="https://example.org/wecena")
    assert message.get_content() == "Take this:\nhttps://example.org/wecena/tasks/12\nor and/or /not this\n"
