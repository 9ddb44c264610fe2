"""Puts the built assets and compiled catalogues into the wheel: an installed Minga needs no Node."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs Minga's own build before files are gathered; an editable install builds on `make run`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build for a real wheel; `version` is "editable" for a development install."""
        if version == "editable":
            return
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("minga_assets", root / "src/minga/ui/build.py")
        if spec is None or spec.loader is None:
            raise RuntimeError("The asset builder is missing from the source tree.")
        assets = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(assets)
        assets.build(root)
        assets.compile_catalogues(root)
