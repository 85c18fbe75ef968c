"""Who may tell."""

from shared.kernel.rights import ANYONE, NOBODY, SIGNED_IN, RightsTable, may
from tests.shared.sample.telling import commands, queries

table: RightsTable = {
    commands.begin_story: SIGNED_IN,
    commands.tell_line: may("teller", of=queries._scope_of_story),
    commands.tell_lines: may("teller", of=queries._scope_of_story),
    commands.correct_title: may("teller", of=queries._scope_of_story),
    commands.end_story: may("teller", "chief", of=queries._scope_of_story),
    commands.end_later: may("chief", of=queries._scope_of_story),
    commands.end_when_due: NOBODY,
    commands.name_teller: may("chief"),
    commands.erase_teller: may("chief"),
    commands.break_down: SIGNED_IN,
    queries.story: ANYONE,
    queries.library: ANYONE,
    queries.broken: SIGNED_IN,
}
