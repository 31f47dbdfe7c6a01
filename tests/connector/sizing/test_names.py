"""Words that only name a project or a product weigh in the sum, and are never said to be a reason."""

from __future__ import annotations

import pytest

from connector.sizing.model import packaged
from connector.sizing.rules import Sizeable, estimate


def words(title: str, body: str = "", project: str = "") -> set[str]:
    size = estimate(Sizeable("1", title, body, project=project))
    return {reason.params["word"] for reason in size.reasons if "word" in reason.params}


@pytest.mark.parametrize(
    "name",
    [
        "JBoss",
        "Spring",
        "Seam",
        "Titanium",
        "Appcelerator",
        "Eclipse",
        "Hudson",
        "Tomcat",
        "Cassandra",
        "Mesos",
    ],
)
@pytest.mark.parametrize("text", ["Upgrade {0}", "{0} fails", "Remove the wrong default of {0} in {0}"])
def test_names_of_projects_are_no_reasons(name: str, text: str) -> None:
    assert not {word for word in words(text.format(name), text.format(name)) if word in name.lower()}


def test_without_the_list_they_would_be() -> None:
    known = packaged()
    assert {"jboss", "spr", "titanium", "eclips"} <= known.names
    assert all(any(name in known.words[field] for field in known.words) for name in known.names)
    assert not {"typo", "design", "page", "api", "test", "add", "fix", "cluster"} & known.names


def test_words_of_the_projects_own_path_are_no_reasons() -> None:
    assert words("Design support for a cluster") >= {"cluster"}
    assert "cluster" not in words("Design support for a cluster", project="acme/cluster-tools")
