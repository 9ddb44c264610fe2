"""What the plan's work pages share: which version the editor saw, and what was refused."""

from django.http import HttpRequest

from minga.kernel.errors import Conflict, Forbidden, Invalid


def version_read(request: HttpRequest) -> int:
    """The version number that the posted form was opened on; 0, which no version is, for anything else."""
    typed = request.POST.get("version_leida", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def problems_of(problem: Invalid | Conflict | Forbidden | None) -> list[dict[str, str]]:
    """What the error summary lists when an act was refused, each with the field to put right."""
    if problem is None:
        return []
    fields = problem.fields if isinstance(problem, Invalid) else {}
    listed = [
        {"text": message, "href": f"#id_{name}{'-dia' if name.endswith('_on') else ''}"}
        for name, messages in fields.items()
        for message in messages
    ]
    return listed or [{"text": problem.message}]
