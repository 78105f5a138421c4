"""The demo zone: an invented zone with a campaign in the shape of the newspaper article in docs/explanation/origin.md."""
