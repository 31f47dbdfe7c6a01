"""Which issues wait for others: links of the paid tiers, asked for a hundred issues at once.

Neither the list of issues nor a delivery says it. GitLab without such links does not know the field and answers with
an error, as it does for a project that it does not show.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from sources.errors import Forbidden, NotFound, Rejected
from sources.gitlab.progress import Reader
from sources.payload import child, children, flag, integer

AT_ONCE = 100
"""The most nodes of one list."""
QUESTION = """query($path: ID!, $iids: [String!]!) {
  project(fullPath: $path) { issues(iids: $iids, first: 100) { nodes { iid blocked } } }
}"""


def blocked(reader: Reader, path: str, numbers: Sequence[int]) -> Set[int] | None:
    """The issues among these that an open one blocks; None where GitLab does not tell."""
    found: set[int] = set()
    for first in range(0, len(numbers), AT_ONCE):
        iids = [str(number) for number in numbers[first : first + AT_ONCE]]
        try:
            answer = reader.ask({"query": QUESTION, "variables": {"path": path, "iids": iids}})
        except (Forbidden, NotFound, Rejected):
            return None
        project = child(child(answer, "data"), "project")
        if not project:
            return None
        rows = children(child(project, "issues"), "nodes")
        found |= {integer(row, "iid") or 0 for row in rows if flag(row, "blocked")}
    return found
