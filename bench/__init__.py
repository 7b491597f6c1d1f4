"""Measures Carnet beside the leanest program that gives the same answers."""
