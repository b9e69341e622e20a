"""Geometry: boundaries, coverage proofs, locating, districting, routes, vector tiles."""
