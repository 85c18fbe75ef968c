"""The annuaire: committees, people, their roles and delegations, relays, sign-in and contacts."""
