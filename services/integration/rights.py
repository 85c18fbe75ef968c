"""Who may do what in integration."""

from shared.kernel.rights import RightsTable

table: RightsTable = {}
