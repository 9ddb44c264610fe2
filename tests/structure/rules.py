"""Every rule by its name, which is also its sentence."""

from collections.abc import Callable

from tests.structure import documents, imports, limits, migrations, repository, rooms, templates
from tests.structure.tree import Tree

Rule = Callable[[Tree], list[str]]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        imports.floors_import_only_downward,
        imports.the_kernel_is_plain_python,
        imports.the_site_knows_only_the_ground_rooms,
        imports.rooms_import_only_the_contracts_of_lower_rooms,
        imports.a_room_keeps_its_order_inside,
        imports.no_module_imports_itself_through_others,
        imports.no_app_imports_itself_through_others,
        imports.code_never_imports_tests,
        rooms.rooms_hold_only_the_agreed_files,
        rooms.a_file_exists_only_with_content,
        rooms.every_folder_of_code_is_a_package,
        rooms.cards_tell_the_truth,
        rooms.facts_are_on_the_card_under_the_rooms_name,
        limits.files_stay_short,
        limits.functions_stay_short,
        limits.functions_stay_simple,
        limits.everything_public_says_what_it_is,
        limits.names_of_tests_are_sentences,
        templates.nothing_is_inline,
        templates.every_template_is_used,
        templates.every_page_extends_a_layout,
        templates.every_word_can_be_translated,
        templates.words_left_untranslated_are_still_used,
        migrations.history_is_one_line,
        migrations.every_step_has_a_way_back,
        repository.nothing_is_left_unfinished,
        repository.tests_use_the_real_thing,
        repository.no_registry_is_named,
        repository.no_machine_is_named,
        repository.locks_hold_hashes_but_no_addresses,
        repository.every_dependency_is_used,
        repository.no_secret_is_kept,
        repository.only_our_own_assets_are_kept,
        repository.silenced_findings_are_named,
        documents.links_lead_somewhere,
        documents.code_is_shown_as_it_is,
        documents.named_files_exist,
        documents.make_targets_exist,
        documents.decisions_are_in_the_index,
    )
}
