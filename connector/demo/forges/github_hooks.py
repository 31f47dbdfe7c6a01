"""Webhooks at the simulated GitHub: of repositories and of organisations, and what they failed to deliver."""

from __future__ import annotations

from werkzeug import Response

from connector.demo.forges.github_base import GitHubBase
from connector.demo.forges.model import Hook, Json, Project
from connector.demo.forges.server import Call, json_response
from connector.demo.forges.state import NoSuchObject


class GitHubHookRoutes(GitHubBase):
    """Answers for hooks."""

    def _hooks(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        shapes = self.shapes(call)
        return self.page(call, project, list(project.hooks.values()), lambda one: shapes.hook(project, one))

    def _create_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        data = call.data()
        config = data.get("config") or {}
        if not config.get("url") or any(one.url == config["url"] for one in project.hooks.values()):
            return self.error(422, "Validation Failed")
        hook = self.forge.add_hook(
            project, config["url"], secret=config.get("secret", ""), events=data.get("events") or ["push"]
        )
        return json_response(self.shapes(call).hook(project, hook), 201)

    def _change_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        hook = self.hook(call, project)
        _change(hook, call.data())
        return json_response(self.shapes(call).hook(project, hook))

    def _delete_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        del project.hooks[self.hook(call, project).id]
        return Response(status=204)

    def _ping_hook(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        self.forge.ping(project, self.hook(call, project))
        return Response(status=204)

    def _owner_hooks(self, call: Call) -> Response:
        place = self._owner_place(call)
        hooks = self.forge.owner_hooks.get(call.parts["owner"].lower(), {})
        return json_response([self.shapes(call).owned_hook(place, one) for one in hooks.values()])

    def _create_owner_hook(self, call: Call) -> Response:
        place, data = self._owner_place(call), call.data()
        config = data.get("config") or {}
        hook = self.forge.add_owner_hook(
            call.parts["owner"],
            config.get("url", ""),
            secret=config.get("secret", ""),
            events=data.get("events") or ["push"],
        )
        self._ping_any(call, hook)
        return json_response(self.shapes(call).owned_hook(place, hook), 201)

    def _change_owner_hook(self, call: Call) -> Response:
        place, hook = self._owner_place(call), self._owner_hook(call)
        _change(hook, call.data())
        return json_response(self.shapes(call).owned_hook(place, hook))

    def _delete_owner_hook(self, call: Call) -> Response:
        self._owner_place(call)
        del self.forge.owner_hooks[call.parts["owner"].lower()][self._owner_hook(call).id]
        return Response(status=204)

    def _ping_owner_hook(self, call: Call) -> Response:
        self._owner_place(call)
        self._ping_any(call, self._owner_hook(call))
        return Response(status=204)

    def _ping_any(self, call: Call, hook: Hook) -> None:
        owner = f"{call.parts['owner']}/".lower()
        below = (one for one in self.forge.projects.values() if one.path.lower().startswith(owner))
        if (project := next(below, None)) is not None:
            self.forge.ping(project, hook)

    def _owner_place(self, call: Call) -> str:
        """Where an organisation's hooks are; whoever does not administer it finds nothing."""
        if not call.administers(call.parts["owner"], self.forge):
            raise NoSuchObject(call.parts["owner"])
        return f"{call.root}/orgs/{call.parts['owner']}/hooks"

    def _owner_hook(self, call: Call) -> Hook:
        hooks = self.forge.owner_hooks.get(call.parts["owner"].lower(), {})
        if call.number("hook") not in hooks:
            raise NoSuchObject("hook")
        return hooks[call.number("hook")]

    def _deliveries(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        rows = self.hook(call, project).attempts[::-1]
        return self.page(call, project, rows, lambda one: self.shapes(call).attempt(project, one))

    def _redeliver(self, call: Call, project: Project) -> Response:
        if not call.sees(project):
            return self.error(404)
        self.send_again(self.hook(call, project), call.number("attempt"))
        return json_response({}, 202)


def _change(hook: Hook, data: Json) -> None:
    """As GitHub does: a config that comes without its secret loses it."""
    if (config := data.get("config")) is not None:
        hook.url, hook.secret = config.get("url", hook.url), config.get("secret", "")
    hook.events = tuple(data.get("events", hook.events))
    hook.is_active = bool(data.get("active", hook.is_active))
