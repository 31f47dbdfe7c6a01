"""A maintainer joins by a signed link, without an account: the file proves the rights, the link alone only stops."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from connector.harvest import join_views
from tests.journeys.joining import LABEL, Joining


def link(joining: Joining) -> str:
    page = f"/coordinator/projects/{joining.project().id}/link"
    found = re.search(r"https?://[^<\s]*/join/[^<\s]+", joining.client.get(page).text)
    return urlsplit(html.unescape(found[0])).path


def begin(joining: Joining) -> str:
    joining.forge.add_issue(joining.there, "First", labels=[LABEL])
    joining.client = joining.sign_in()
    joining.follow(joining.client)
    joining.work()
    return link(joining)


def test_the_file_proves_it_and_the_labels_are_theirs_to_name(joining: Joining) -> None:
    path = begin(joining)
    maintainer = joining.app.test_client()
    assert joining.press(maintainer, f"{path}/agree", page=path, labels=LABEL)[0] == 403
    joining.forge.write_file(joining.there, ".wecena.yml", f"labels: [{LABEL}]\n")
    assert joining.press(maintainer, f"{path}/look", page=path) == (302, path)
    joining.work()
    assert joining.tasks() == {"First": "ready"}
    assert joining.press(maintainer, f"{path}/agree", page=path, labels=LABEL, allow="comment") == (302, path)
    assert joining.project().allows == ["comment"]
    assert "names the labels" in maintainer.get(f"{path}?lang=en").text


def test_a_hook_made_by_hand_works_and_proves_nothing(joining: Joining) -> None:
    """Whoever has the link sees the secret, and could sign anything with it."""
    path = begin(joining)
    maintainer = joining.app.test_client()
    text = html.unescape(joining.press(maintainer, f"{path}/hook", page=path)[1])
    values = re.findall(r"<pre[^>]*>\s*(?:<code>)?([^<]+)", text)
    url = next(value.strip() for value in values if "/webhooks/" in value)
    typed = [value.strip() for value in values if "/webhooks/" not in value]
    token = next((value for value in typed if value.startswith("whsec_")), "")
    secret = next(value for value in typed if re.fullmatch("[0-9a-f]{64}", value))
    assert "data-waits" in maintainer.get(f"{path}/pinged").text
    joining.forge.add_hook(joining.there, url, secret=secret, signing_token=token)
    joining.forge.add_issue(joining.there, "Second", labels=[LABEL])
    joining.work()
    assert "data-waits" not in maintainer.get(f"{path}/pinged").text
    assert joining.tasks()["Second"] == "draft"
    assert joining.press(maintainer, f"{path}/agree", page=path, labels=LABEL)[0] == 403
    page = f"/coordinator/projects/{joining.project().id}"
    assert joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)[0] == 400
    assert joining.press(maintainer, f"{path}/hook", page=path)[0] == 400, "nobody breaks what works"


def test_the_link_alone_stops_everything(joining: Joining) -> None:
    path = begin(joining)
    assert joining.press(joining.app.test_client(), f"{path}/stop", page=path) == (302, path)
    assert joining.project().paused_at is not None


def test_a_changed_old_or_dead_link_opens_nothing(joining: Joining) -> None:
    path = begin(joining)
    client = joining.app.test_client()
    assert client.get(path[:-2] + "xx").status_code == 404
    page = f"/coordinator/projects/{joining.project().id}"
    joining.press(joining.client, f"{page}/remove", page=f"{page}/remove")
    assert client.get(path).status_code == 404
    assert join_views.LASTS_SECONDS == 90 * 24 * 3600


def test_the_first_message_of_a_hook_that_a_coordinator_handed_over_is_a_proof(joining: Joining) -> None:
    joining.forge.add_issue(joining.there, "First", labels=[LABEL])
    joining.client = joining.sign_in()
    text = html.unescape(joining.follow(joining.client)[1])
    url = re.search(r"http[^<\s]*/webhooks/[^<\s]+", text)[0]
    token = re.search(r"whsec_[^<\s]+", text)
    secret = re.search(r"\b[0-9a-f]{64}\b", text)[0]
    page = f"/coordinator/projects/{joining.project().id}"
    joining.work()
    assert joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)[0] == 400
    joining.forge.add_hook(joining.there, url, secret=secret, signing_token=token[0] if token else "")
    joining.forge.add_issue(joining.there, "Second", labels=[LABEL])
    joining.work()
    assert joining.press(joining.client, f"{page}/labels", page=page, labels=LABEL)[0] == 302
    assert (joining.project().agreed_proof, joining.tasks()) == ("hook", {"First": "ready", "Second": "ready"})
