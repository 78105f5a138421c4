"""Sources of the reading engine's trained parts: paraphrases, frames, invented names."""
