"""Meetings, teams, travel and days → a multi-day, multi-city plan with the reason for everything left out."""
