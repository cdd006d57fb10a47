"""Mutated exports through the whole reader, and the rules that must hold for each of them, whatever they hold."""
