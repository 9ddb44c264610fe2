"""The directory's card: what it offers to the rest of the house."""

from minga.kernel.actors import Role
from minga.kernel.cards import NavigationEntry, Room, SearchSource, Seed
from minga.kernel.text import N_
from minga.modules.directory import facts, queries
from minga.modules.directory.actions import seeding

card = Room(
    name="directory",
    title=N_("Directorio del Estado"),
    level=0,
    serves=(),
    urls=(("", "minga.modules.directory.urls"),),
    api="minga.modules.directory.api",
    navigation=(
        NavigationEntry(
            title=N_("Instituciones"),
            url_name="directory:institutions",
            order=40,
            description=N_("Qué instituciones tiene el Estado, desde cuándo y con qué norma."),
        ),
    ),
    workplace=(
        NavigationEntry(
            title=N_("Instituciones"),
            url_name="directory:work",
            order=80,
            roles=(Role.STEWARD, Role.HEAD, Role.APPROVER),
        ),
    ),
    facts=(
        facts.InstitutionRegistered,
        facts.InstitutionRenamed,
        facts.InstitutionChanged,
        facts.InstitutionClosed,
        facts.InstitutionsMerged,
        facts.InstitutionsImported,
        facts.PopulationDeclared,
    ),
    search=(
        SearchSource("institution", N_("Instituciones"), queries.institution_documents),
        SearchSource("place", N_("Territorio"), queries.place_documents),
    ),
    labels={"institution": queries.institution_labels, "place": queries.place_labels},
    home=queries.home_panel,
    asks_for_opinion=("directory:institution", "directory:place"),
    tasks=queries.tasks,
    check_config=queries.check_config,
    seeds=(
        Seed(10, N_("Territorio"), seeding.load_territory),
        Seed(11, N_("Sectores y grupos prioritarios"), seeding.load_classifications),
        Seed(12, N_("Instituciones"), seeding.load_institutions),
        Seed(13, N_("Gobiernos autónomos"), seeding.load_local_governments),
    ),
)
