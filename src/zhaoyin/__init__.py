"""Zhaoyin 招引: any ledger, page or note in; one trusted project ledger; numbers, trips and briefings out."""

__version__ = "0.1.0"
