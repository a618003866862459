"""How far two codings of the same recommendations agree: people with the program, people with each other."""
