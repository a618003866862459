"""The direction of imports inside the package, as a table."""

import ast
from pathlib import Path

import srtminer

ROOT = Path(srtminer.__file__).parent

BASE = {"model", "errors", "text", "excerpts", "comparisons", "cases", "blended_rows"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "blended_rows": set(),
    "text": {"errors", "model"},
    "excerpts": {"model"},
    "passages": {"model", "structure", "text"},
    "inspection": {"model"},
    "responses": {"model", "text"},
    "cases": {"model", "text"},
    "comparisons": {"model"},
    "read": BASE,
    "structure": BASE,
    "recommendations": BASE | {"structure"},
    "agencies": BASE,
    "metadata": BASE,
    "where": BASE,
    "redaction": BASE,
    "vectors": BASE,
    "themes": BASE,
    "compare": BASE,
    "corrections": BASE,
    "correction_plan": BASE | {"corrections"},
    "codebooks": BASE,
    "evaluation": BASE,
    "coding": BASE | {"codebooks", "vectors", "themes"},
    "store": BASE | {"corrections"},
    "render": BASE | {"correction_plan", "codebooks", "evaluation", "inspection"},
    "material": BASE | {"render", "redaction"},
    "report": BASE | {"render", "material"},
    "export": BASE | {"render", "redaction", "material", "codebooks"},
    "pipeline": BASE
    | {"structure", "recommendations", "agencies", "metadata"}
    | {"vectors", "themes", "compare", "codebooks", "coding"},
    "ingestion": BASE | {"read", "pipeline", "store"},
    "cli": BASE
    | {
        "read",
        "where",
        "pipeline",
        "ingestion",
        "store",
        "render",
        "export",
        "material",
        "correction_plan",
        "report",
    }
    | {"redaction", "agencies", "compare", "vectors"}
    | {"codebooks", "evaluation", "passages", "inspection", "responses"},
    "__main__": {"cli"},
    "miner": BASE | {"vectors", "themes"},
    "__init__": {"miner", "store", "render"},
}


def module_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "srtminer" else [f"srtminer.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("srtminer.")}
    return found - {"__version__"}


def test_imports_point_inwards() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted(ROOT.rglob("*.py"))
        for name in sorted(imports_of(path) - {module_of(path)} - MAY_IMPORT[module_of(path)])
    ]
    assert wrong == []


def test_no_permission_is_idle() -> None:
    used: dict[str, set[str]] = {}
    for path in ROOT.rglob("*.py"):
        used.setdefault(module_of(path), set()).update(imports_of(path))
    idle = [
        f"{name} may import {other} and does not"
        for name, allowed in MAY_IMPORT.items()
        for other in sorted(allowed - BASE - used[name])
    ]
    assert idle == []


def test_every_module_has_a_place_in_the_table() -> None:
    assert {"cli", "read"} < {module_of(path) for path in ROOT.rglob("*.py")} <= set(MAY_IMPORT)


def test_no_base_name_stands_twice() -> None:
    """Why: in a traceback or a tab bar the file's name is all that tells two modules apart."""
    names = [path.name for path in ROOT.rglob("*.py") if path.name != "__init__.py"]
    assert len(names) == len(set(names)), sorted(name for name in set(names) if names.count(name) > 1)
