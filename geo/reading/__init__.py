"""Reading the map files that people bring: GeoJSON, zipped Shapefile, KML and GeoPackage (docs/map-files.md).

`geo.reading.read.read_features` is the one call. GDAL is loaded when a file is read, so this is for workers and
commands; the API's process never opens a map.
"""
