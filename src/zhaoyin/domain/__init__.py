"""What things are: value types and rules, standard library only."""
