"""Outlines, atoms and grids from the maps that people bring, as kinds of import (docs/imports.md).

A map's features are rows, as those of a sheet are: their place is a layer and a number. The engine of imports compares
and keeps them; what is said here is how shapes that share one ground are brought to lie side by side.
"""
