"""What does transformers fill in where a config.json leaves a word out? ``python -m tools.defaults`` writes it down.

The table holds, for every model_type that the engine knows and transformers has a class for, that class's words that
may decide a tensor or a cache, with their defaults; and for every wrapper of such a text model (vision, audio) which
type it wraps and whether it says that embeddings are tied. ``--check`` fails where the table is not what the installed
transformers says.
"""

# mypy: disable-error-code="import-not-found"

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any, Final

from sizing.anatomy.architectures import TABLE
from sizing.anatomy.dialect import defaults
from sizing.anatomy.dialect.harmless import is_harmless
from sizing.anatomy.dialect.synonyms import TYPES


def generated() -> dict[str, Any]:
    """The table as the installed transformers has it."""
    import transformers
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    classes = {name: CONFIG_MAPPING[name] for name in sorted(CONFIG_MAPPING)}
    known = {*TABLE, *TYPES}
    return {
        "transformers": transformers.__version__,
        "classes": {name: declared_words(kind) for name, kind in classes.items() if name in known and not _parts(kind)},
        "wrappers": {name: found for name, kind in classes.items() if (found := _wrapped(kind, known))},
    }


def _parts(kind: Any) -> set[str]:
    """The configurations of models that a class is made of."""
    return {name for name in kind.sub_configs if name not in ("attn_config", "ffn_config")}


def declared_words(kind: Any) -> dict[str, Any]:
    """A class's words that may matter, with what it gives them; what its code derives of others is not among them."""
    fields = {f.name: f.default for f in dataclasses.fields(kind) if f.default is not dataclasses.MISSING}
    doubled = {name for name, other in kind.attribute_map.items() if other in fields}  # two names of one word
    return {name: default for name, default in fields.items() if name not in doubled and not is_harmless(name)}


def _wrapped(kind: Any, known: set[str]) -> dict[str, Any] | None:
    """The text model's type that a class wraps, and whether the class ties its embeddings unasked."""
    if not kind.sub_configs:
        return None
    try:
        whole = kind()
        text = whole.get_text_config(decoder=True)
    except Exception:  # whatever a class raises that cannot be without being told its parts
        return None
    if text is whole or text.model_type not in known:
        return None
    return {"text": text.model_type, "tied": getattr(whole, "tie_word_embeddings", None)}


def written(table: dict[str, Any]) -> str:
    """The table as JSON, a line a class."""
    lines = [f' "transformers": {json.dumps(table["transformers"])}']
    for part in ("classes", "wrappers"):
        own = [f"  {json.dumps(name)}: {json.dumps(words)}" for name, words in table[part].items()]
        lines.append(f' "{part}": {{\n' + ",\n".join(own) + "\n }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


FILE: Final = Path(defaults.__file__).with_name("defaults.json")


def main() -> int:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(prog="python -m tools.defaults", description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where the table is out of date")
    text = written(generated())
    if not parser.parse_args().check:
        FILE.write_text(text, encoding="utf-8")
    elif text != FILE.read_text(encoding="utf-8"):
        print(f"{FILE} is not what the installed transformers says; run python -m tools.defaults")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
