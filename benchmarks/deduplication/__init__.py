"""Companies of a register that stand twice: benchmark."""
