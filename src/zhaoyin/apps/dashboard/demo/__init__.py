"""The demo zone: an invented zone whose campaign has the shape of the newspaper article that this program began with."""
