"""Counting at scale: how fast the mirror tails, and what a figure costs cold, warm, and after one more event."""
