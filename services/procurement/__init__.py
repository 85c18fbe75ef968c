"""Purchases of the committees: needs that cost money, quotes, approvals, budget, orders, invoices."""
