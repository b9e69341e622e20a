"""Writes the grids of a plan as one file, as a process of its own: `python -m api.files.map_making OUT`, what stands in
it on standard input. The process of the API loads neither GDAL nor what writes workbooks."""

import json
import sys
from pathlib import Path

from geo.writing_exports import write_grids


def main() -> None:
    asked = json.load(sys.stdin)
    write_grids(Path(sys.argv[1]), asked["ending"], asked["columns"], asked["shapes"])


if __name__ == "__main__":
    main()
