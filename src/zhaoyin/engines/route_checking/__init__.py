"""Does a plan keep every rule of its problem? Reads the same JSON documents and shares no code with the solver."""
