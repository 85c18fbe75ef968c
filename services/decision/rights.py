"""Who may do what in decision."""

from shared.kernel.rights import RightsTable

table: RightsTable = {}
