"""What the API may import of models loads neither xgboost nor scipy: they are for workers that train and score."""

import subprocess
import sys

import pytest

LIGHT = ("ml.tables", "ml.registry", "ml.explaining", "ml.jobs", "ml.reasons", "ml.scoring", "ml.training")
ASK = (
    "import importlib, sys; importlib.import_module(sys.argv[1]);"
    "print(sorted({'xgboost', 'scipy'} & set(sys.modules)))"
)


@pytest.mark.parametrize("module", [*LIGHT, "ml.trees"])
def test_only_the_trees_load_the_heavy_libraries(module: str) -> None:
    loaded = subprocess.run([sys.executable, "-c", ASK, module], capture_output=True, text=True, check=True)
    assert ("xgboost" in loaded.stdout) is (module == "ml.trees")
    assert ("scipy" in loaded.stdout) is (module == "ml.trees")
