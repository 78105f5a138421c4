"""An optional model service (any OpenAI-compatible endpoint), off by default: one more vote in reading, never an authority."""
