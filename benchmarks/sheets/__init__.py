"""Sheet reading on generated ledgers: layouts, traps, gold by construction."""
