"""How each model of the reading engine is fitted; `tools/train_reading.py` is the command."""
