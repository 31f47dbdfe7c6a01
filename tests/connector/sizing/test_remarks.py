"""Comments that say somebody is at work on an issue, and those that only sound so."""

from __future__ import annotations

import time

import pytest

from connector.sizing.suitability import speaks_for

AT_WORK = (
    "I'm working on this.",
    "I am currently working on it, a draft follows tomorrow.",
    "I’ll take this one :-)",
    "Hi! Can I work on this?",
    "Hello, could I take this issue? It would be my first one.",
    "May I please work on this?",
    "I'd like to work on this issue.",
    "I would love to contribute to this!",
    "I'd be happy to take it if nobody else does.",
    "I would be interested in working on this.",
    "I want to work on this",
    "I can take this.",
    "I'm on it",
    "I've already started working on a fix.",
    "I have just begun work on it.",
    "Please assign this to me.",
    "@maintainer kindly assign it to me",
    "Could you assign me?",
    "/assign",
    ".take",
    "Same here.\n\n/assign me\n",
    "> does anybody want it?\n\nYes, I'll fix this tonight.",
    "I will open a PR this week.",
    "Can I be assigned?",
    "J'aimerais m'en occuper.",
    "J’aimerais bien travailler dessus",
    "Je peux m'en occuper si personne ne l'a fait.",
    "Puis-je prendre cette demande ?",
    "Je la prends",
    "J'y travaille.",
    "Je m'en charge",
    "Bonjour, je voudrais travailler là-dessus.",
    "Assignez-moi s'il vous plaît",
    "je vais m’y mettre demain",
)
NOT_AT_WORK = (
    "",
    "Thanks!",
    "+1",
    "I have the same problem.",
    "I won't have time to work on this.",
    "I'm not working on this any more.",
    "I am no longer working on it, feel free to take it.",
    "Feel free to work on this.",
    "Is anybody working on this?",
    "Are you working on it?",
    "You can take this if you want.",
    "Somebody should fix this.",
    "> I'm working on this.\n\nAny news?",
    "```\nI'll take this\n```\nThat is what the page shows.",
    "`/assign` is how you take an issue here",
    "To take an issue, comment with `/assign`.",
    "This was working on my machine.",
    "I can reproduce this on version 3.",
    "I can work around it by restarting.",
    "I don't think I can take this.",
    'The button says "I\'ll take it" although nobody is signed in',
    "Please assign somebody who knows the parser.",
    "We will fix the documentation in the next release.",
    "I'm on this page and nothing happens",
    "It never worked on Windows.",
    "Qui peut s'en occuper ?",
    "Je ne peux pas m'en occuper cette semaine.",
    "Quelqu'un travaille dessus ?",
    "Ça marche chez moi.",
    "Vous pouvez la prendre.",
    "Je n'y travaille plus.",
    "N'hésitez pas à vous en occuper",
)


@pytest.mark.parametrize("remark", AT_WORK)
def test_who_takes_an_issue_is_believed(remark: str) -> None:
    assert speaks_for(remark)


@pytest.mark.parametrize("remark", NOT_AT_WORK)
def test_who_only_speaks_about_it_does_not_take_it(remark: str) -> None:
    assert not speaks_for(remark)


@pytest.mark.parametrize("piece", ["I'm ", "can I ", "je ", "> \n", "```\n", "<!--", "I would ", "please assign "])
def test_a_megabyte_of_comment_takes_no_time(piece: str) -> None:
    started = time.process_time()
    speaks_for(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 1
