"""Server CPU of pages at 100,000 projects and 20,000 companies. Protocol: README.md in this folder."""
