"""Small trees, each with one violation in it, for every rule: what the rule must find, and say."""

from dataclasses import dataclass, field

_CARD = '"""The card."""\ncard = Room(name="{name}", title="Room", level={level}, facts=({facts}))\n'

_FACT = 'class NormIssued(Fact, name="{name}"):\n    pass\n'


@dataclass(frozen=True)
class Planted:
    """Files to write (below `src/planted/` unless the path begins with a dot and a slash), and what is said."""

    rule: str
    said: str
    files: dict[str, str] = field(default_factory=dict)


def _room(name: str, level: int, listed: str = "", **files: str) -> dict[str, str]:
    """A room that breaks no rule, with some of its files replaced."""
    whole = {
        "__init__": '"""A room."""\n',
        "apps": '"""The app."""\nNAME = "app"\n',
        "module": _CARD.format(name=name, level=level, facts=listed),
        "tests/__init__": "",
        "tests/test_it": "def test_the_room_does_its_work() -> None: pass\n",
        **files,
    }
    return {f"modules/{name}/{file}.py": text for file, text in whole.items()}


def _migration(*parents: str, operations: str = "") -> str:
    pairs = ", ".join(f'("app", "{parent}")' for parent in parents)
    return f"class Migration:\n    dependencies = [{pairs}]\n    operations = [{operations}]\n"


_TEMPLATE = "ui/templates/ui/page.html"
_LONG_FUNCTION = "def long() -> int:\n" + "    x = 1\n" * 40 + "    return x\n"
_TANGLED = (
    "def tangled(x: int) -> int:\n"
    + "".join(f"    if x == {n}:\n        return {n}\n" for n in range(8))
    + ("    return x\n")
)

SOUND = {
    **_room("directory", 0, contracts='"""What others may use."""\nX = 1\n'),
    **_room(
        "plan",
        6,
        "facts.NormIssued,",
        facts='"""What happens."""\n'
        + _FACT.format(name="plan.norm.issued").replace("pass", '"""Issued."""'),
        queries='"""Reads."""\nfrom planted.modules.directory.contracts import X\n\nY = X\n',
        views='"""Pages."""\nfrom planted.modules.plan import queries\n\nPAGE = ("plan/page.html", queries.Y)\n',
    ),
    "modules/plan/migrations/__init__.py": "",
    "modules/plan/migrations/0001_initial.py": _migration("1"),
    "modules/plan/templates/plan/page.html": (
        '{% extends "ui/layout.html" %}{% block content %}<p>{{ _("Todo el plan") }} CSV JSON PDF kB</p>{% endblock %}'
    ),
    "ui/templates/ui/layout.html": "<html><title>Minga</title>{% block content %}{% endblock %}</html>",
    "kernel/text.py": '"""Text."""\n\n\ndef fold() -> None:\n    """Fold."""\n',
    "./requirements/run.txt": "django==5.2 --hash=sha256:00\n",
    "./pyproject.toml": '[project]\ndependencies = ["django-csp>=4", "pillow", "tzdata"]\n',
    "ui/pictures.py": '"""Pictures."""\nfrom PIL import Image\n\nX = ("csp.middleware", Image)\n',
    "./README.md": "[Text](src/planted/kernel/text.py#top), `make run`, `src/planted/kernel/`.\n",
    "./docs/how.md": "<!-- src/planted/kernel/text.py -->\n```python\ndef fold() -> None:\n```\n",
    "./docs/adr/0001-a.md": "# 1\n",
    "./docs/adr/README.md": "[0001](0001-a.md)\n",
    "./Makefile": "run:\n\tminga up\n",
}

PLANTED = (
    Planted(
        "floors_import_only_downward",
        "planted.kernel may not import planted.ui",
        {"kernel/text.py": "def f():\n    from planted.ui import http\n", "ui/http.py": ""},
    ),
    Planted(
        "floors_import_only_downward",
        "planted.foundation may not import planted.modules",
        {
            "foundation/ledger.py": "import typing\nif typing.TYPE_CHECKING:\n    import planted.modules.a\n",
            "modules/a/__init__.py": "",
        },
    ),
    Planted(
        "the_kernel_is_plain_python",
        "planted.kernel.text, line 2: imports django",
        {"kernel/text.py": "def f():\n    from django.db import models\n"},
    ),
    Planted(
        "the_site_knows_only_the_ground_rooms",
        "planted.site.home, line 1: imports planted.modules.plan.contracts",
        {
            "site/home.py": "from planted.modules.plan import contracts\n",
            **_room("plan", 6, contracts="X = 1\n"),
        },
    ),
    Planted(
        "the_site_knows_only_the_ground_rooms",
        "imports planted.modules.identity.models",
        {
            "site/home.py": "from planted.modules.identity import models\n",
            **_room("identity", 1, models="X = 1\n"),
        },
    ),
    Planted(
        "rooms_import_only_the_contracts_of_lower_rooms",
        "planted.modules.identity.queries is not among what identity shares (contracts, facts)",
        {
            **_room("identity", 1, queries="X = 1\n"),
            **_room("plan", 6, queries="def f():\n    from planted.modules.identity.queries import X\n"),
        },
    ),
    Planted(
        "rooms_import_only_the_contracts_of_lower_rooms",
        "plan is not below identity",
        {
            **_room("identity", 1, queries="from planted.modules.plan import contracts\n"),
            **_room("plan", 6, contracts="X = 1\n"),
        },
    ),
    Planted(
        "rooms_import_only_the_contracts_of_lower_rooms",
        "observatory is not below plan",
        {
            **_room("observatory", 6, contracts="X = 1\n"),
            **_room("plan", 6, queries="from planted.modules.observatory import contracts\n"),
        },
    ),
    Planted(
        "a_room_keeps_its_order_inside",
        "planted.modules.plan.queries may not import planted.modules.plan.actions",
        _room(
            "plan", 6, queries="def f():\n    from planted.modules.plan import actions\n", actions="X = 1\n"
        ),
    ),
    Planted(
        "a_room_keeps_its_order_inside",
        "planted.modules.plan.jobs may not import planted.modules.plan.views",
        _room("plan", 6, jobs="from planted.modules.plan import views\n", views="X = 1\n"),
    ),
    Planted(
        "no_module_imports_itself_through_others",
        "planted.kernel.a > planted.kernel.b > planted.kernel.a",
        {
            "kernel/a.py": "from planted.kernel import b\n",
            "kernel/b.py": "def f():\n    from planted.kernel import a\n",
        },
    ),
    Planted(
        "no_app_imports_itself_through_others",
        "planted.foundation.a > planted.foundation.b > planted.foundation.a",
        {
            "foundation/a/__init__.py": "",
            "foundation/a/one.py": "from planted.foundation.b import one\n",
            "foundation/a/two.py": "",
            "foundation/b/__init__.py": "",
            "foundation/b/one.py": "",
            "foundation/b/two.py": "from planted.foundation.a import two\n",
        },
    ),
    Planted(
        "code_never_imports_tests",
        "planted.kernel.tests.official",
        {"kernel/text.py": "from planted.kernel.tests import official\n", "kernel/tests/official.py": ""},
    ),
    Planted(
        "rooms_hold_only_the_agreed_files",
        "plan/helpers.py is no agreed file",
        _room("plan", 6, helpers="X = 1\n"),
    ),
    Planted(
        "rooms_hold_only_the_agreed_files",
        "plan/utils/ is no agreed folder",
        _room("plan", 6, **{"utils/dates": "X = 1\n"}),
    ),
    Planted(
        "rooms_hold_only_the_agreed_files",
        "plan/models is both a file and a folder",
        _room("plan", 6, models="X = 1\n", **{"models/norm": "X = 1\n"}),
    ),
    Planted("rooms_hold_only_the_agreed_files", "plan has no module", {"modules/plan/__init__.py": ""}),
    Planted(
        "rooms_hold_only_the_agreed_files",
        "plan/templates/other does not lie under templates/plan/",
        {**_room("plan", 6), "modules/plan/templates/other/page.html": ""},
    ),
    Planted(
        "a_file_exists_only_with_content",
        "facts.py has no content",
        _room("plan", 6, facts='"""What happens."""\n'),
    ),
    Planted("a_file_exists_only_with_content", "plan has no test", {"modules/plan/tests/__init__.py": ""}),
    Planted(
        "every_folder_of_code_is_a_package", "has no __init__.py", {"foundation/mail/sending.py": "X = 1\n"}
    ),
    Planted(
        "cards_tell_the_truth",
        "names the room 'plans'",
        _room("plan", 6, module=_CARD.format(name="plans", level=6, facts="")),
    ),
    Planted("cards_tell_the_truth", "says level 3, house.toml 6", _room("plan", 3)),
    Planted("cards_tell_the_truth", "kitchen is not in house.toml", _room("kitchen", 3)),
    Planted("cards_tell_the_truth", "makes no card", _room("plan", 6, module="X = 1\n")),
    Planted(
        "cards_tell_the_truth",
        "gives no title",
        _room("plan", 6, module='card = Room(name="plan", level=6)\n'),
    ),
    Planted(
        "facts_are_on_the_card_under_the_rooms_name",
        "the card does not list NormIssued",
        _room("plan", 6, facts=_FACT.format(name="plan.norm.issued")),
    ),
    Planted(
        "facts_are_on_the_card_under_the_rooms_name",
        "NormIssued is named 'norm.issued'",
        _room("plan", 6, "facts.NormIssued,", facts=_FACT.format(name="norm.issued")),
    ),
    Planted(
        "files_stay_short", "src/planted/kernel/text.py has 401 lines", {"kernel/text.py": "X = 1\n" * 401}
    ),
    Planted("files_stay_short", "page.html has 401 lines", {_TEMPLATE: "<br>\n" * 401}),
    Planted("functions_stay_short", "long has 42 lines", {"kernel/text.py": _LONG_FUNCTION}),
    Planted("functions_stay_simple", "`tangled` is too complex (9 > 8)", {"kernel/text.py": _TANGLED}),
    Planted(
        "functions_stay_simple",
        "`tangled` is too complex (9 > 8)",
        {"kernel/text.py": _TANGLED.replace(":\n", ":  # noqa: C901\n", 1)},
    ),
    Planted(
        "everything_public_says_what_it_is",
        "Missing docstring in public module",
        {"kernel/text.py": "X = 1\n"},
    ),
    Planted(
        "everything_public_says_what_it_is",
        "Missing docstring in public function",
        {"kernel/text.py": '"""Text."""\n\n\ndef fold() -> None:\n    return None\n'},
    ),
    Planted(
        "names_of_tests_are_sentences", "test_fold", {"kernel/tests/test_text.py": "def test_fold(): pass\n"}
    ),
    Planted("nothing_is_inline", "style=", {_TEMPLATE: '<p class="a" style="color: red">x</p>'}),
    Planted("nothing_is_inline", "<script", {_TEMPLATE: "<script>alert(1)</script>"}),
    Planted("nothing_is_inline", "onclick=", {_TEMPLATE: '<a href="/" onclick="go()">x</a>'}),
    Planted("nothing_is_inline", "javascript:", {_TEMPLATE: '<a href="javascript:go()">x</a>'}),
    Planted("every_template_is_used", "ui/page.html is used by nothing", {_TEMPLATE: "{{ x }}"}),
    Planted(
        "every_template_is_used",
        "plan/left.typ is used by nothing",
        {"modules/plan/templates/plan/left.typ": '#set text(lang: "es")\n'},
    ),
    Planted("every_page_extends_a_layout", "writes its own <html>", {_TEMPLATE: "<html></html>"}),
    Planted(
        "every_page_extends_a_layout",
        "has content but extends nothing",
        {_TEMPLATE: "{% block content %}{% endblock %}"},
    ),
    Planted("every_word_can_be_translated", "'Guardar todo'", {_TEMPLATE: "<p>\n{{ x }} Guardar todo</p>"}),
    Planted("every_word_can_be_translated", "'Cerrar'", {_TEMPLATE: '<button aria-label="Cerrar"></button>'}),
    Planted("every_word_can_be_translated", "'Guardar todo'", {_TEMPLATE: '{{ submit("Guardar todo") }}'}),
    Planted(
        "words_left_untranslated_are_still_used",
        "CSV is in UNTRANSLATED and in no template",
        {_TEMPLATE: '<p>{{ _("Datos en CSV") }}</p>'},
    ),
    Planted(
        "history_is_one_line",
        "0002_a and 0002_b both follow 0001_initial",
        {
            "foundation/app/migrations/0001_initial.py": _migration(),
            "foundation/app/migrations/0002_a.py": _migration("0001_initial"),
            "foundation/app/migrations/0002_b.py": _migration("0001_initial"),
        },
    ),
    Planted(
        "every_step_has_a_way_back",
        "0001_initial.py:3 has no reverse",
        {"foundation/app/migrations/0001_initial.py": _migration(operations="migrations.RunPython(fill)")},
    ),
    Planted("nothing_is_left_unfinished", "TO" + "DO", {"kernel/text.py": "# TO" + "DO: later\n"}),
    Planted("nothing_is_left_unfinished", "Error", {"kernel/text.py": "raise NotImplemented" + "Error\n"}),
    Planted(
        "nothing_is_left_unfinished",
        "mark.sk" + "ip",
        {"kernel/text.py": "@pytest.mark.sk" + "ip\ndef f(): pass\n"},
    ),
    Planted(
        "tests_use_the_real_thing",
        "mock",
        {"kernel/tests/test_a.py": "from unittest." + "mock import patch\n"},
    ),
    Planted(
        "no_registry_is_named", "npm", {"./package-lock.json": '"https://registry.npm' + 'js.org/a.tgz"'}
    ),
    Planted("no_machine_is_named", "/ro" + "ot/", {"./docs/how.md": "Open /ro" + "ot/minga and look.\n"}),
    Planted(
        "locks_hold_hashes_but_no_addresses",
        "resol" + "ved",
        {"./package-lock.json": '"resol' + 'ved": "https://a/b"'},
    ),
    Planted(
        "locks_hold_hashes_but_no_addresses", "has no hashes", {"./requirements/run.txt": "django==5.2\n"}
    ),
    Planted(
        "every_dependency_is_used",
        "python-stdnum is used by nothing that runs",
        {
            "./pyproject.toml": '[project]\ndependencies = ["python-stdnum>=2", "orjson"]\n',
            "kernel/text.py": "import orjson\n",
            "kernel/tests/test_text.py": "from stdnum.ec import ci\n",
        },
    ),
    Planted("no_secret_is_kept", "PRIVATE", {"./key.txt": "-----BEGIN PRIVATE K" + "EY-----\n"}),
    Planted(
        "no_secret_is_kept", "SECRET_KEY", {"site/settings.py": "SECRET_KEY" + ' = "0123456789abcdef"\n'}
    ),
    Planted("only_our_own_assets_are_kept", "htmx.min.js is a built", {"ui/js/htmx.min.js": "x"}),
    Planted("only_our_own_assets_are_kept", "a picture outside docs/images", {"ui/images/a.png": "x"}),
    Planted("only_our_own_assets_are_kept", "has 1500001 bytes", {"./data.csv": "x" * 1_500_001}),
    Planted("silenced_findings_are_named", "no" + "qa", {"kernel/text.py": "import os  # no" + "qa\n"}),
    Planted("silenced_findings_are_named", "ignore", {"kernel/text.py": "x = 1  # type: ig" + "nore\n"}),
    Planted("links_lead_somewhere", "links to ../gone.md", {"./docs/a.md": "See [this](../gone.md#part).\n"}),
    Planted("links_lead_somewhere", "links to home.png", {"./README.md": "![Home](home.png)\n"}),
    Planted(
        "code_is_shown_as_it_is",
        "shows what src/planted/kernel/text.py does not say",
        {
            "kernel/text.py": "X = 2\n",
            "./a.md": "<!-- src/planted/kernel/text.py -->\n```python\nX = 1\n```\n",
        },
    ),
    Planted("named_files_exist", "names tests/test_gone.py", {"./a.md": "Tested in `tests/test_gone.py`.\n"}),
    Planted("make_targets_exist", "says make tea", {"./Makefile": "run:\n", "./a.md": "Type `make tea`.\n"}),
    Planted("decisions_are_in_the_index", "0002-b.md is not in the index", {"./docs/adr/0002-b.md": "# 2\n"}),
    Planted(
        "decisions_are_in_the_index",
        "decision 0001 exists twice",
        {
            "./docs/adr/0001-a.md": "# 1\n",
            "./docs/adr/0001-b.md": "# 1\n",
            "./docs/adr/README.md": "0001-a 0001-b\n",
        },
    ),
)
