"""Which model is meant by a name, and in which format? Repositories, Ollama's tags, files, and what people write.

    Qwen/Qwen3-32B · unsloth/Qwen3-32B-GGUF:Q4_K_M · huggingface.co/Qwen/Qwen3-32B · mlx-community/Qwen3-32B-4bit
    qwen3:32b · qwen3:32b-fp16 · qwen3 · Qwen3-32B-Q4_K_M.gguf · "Qwen3 32B" · bartowski/Qwen_Qwen3-32B-GGUF

A name that an entry states comes first; then one of the same normal form; then one that says the same without the words
of tuning, or less (``R1 32B``, ``oss 120b``), and means one model alone. What is ambiguous is refused, and what was
read into a name is told.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sizing.errors import SizingError
from sizing.facts.entries.models import ModelEntry
from sizing.facts.format_names import OF_BITS, Ending, ending
from sizing.facts.machine_names import MOST_CANDIDATES
from sizing.facts.units import known

# Addresses of which the rest is a name.
_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.(?:cn|ai)/models|modelscope\.cn"
    r"|ollama\.com/library|ollama\.com|registry\.ollama\.ai/library|lmstudio\.ai/models)/|hf:|library/"
)
_PLACE: Final = re.compile(r"/(?:tree|blob|resolve|files|summary|tags)(?:/(?:main|master|[0-9a-f]{40}))?(?=/|$)")
_OFFER: Final = re.compile(r"\s*\(free\)$|:free$", re.I)  # of who hosts it
_MLX_OWNERS: Final = frozenset(["mlx-community"])
_FILE: Final = re.compile(r"\.(gguf|safetensors)$", re.I)
# Words that tell tunes of one shape apart, and what a publisher adds.
_TUNES: Final = frozenset(["instruct", "it", "chat", "base", "pt", "hf", "text"])
# What families are called in Chinese, the longest names first.
CALLED: Final = {
    "通义千问": "qwen",
    "千问": "qwen",
    "深度求索": "deepseek",
    "智谱清言": "glm",
    "智谱": "glm",
    "混元": "hunyuan",
    "文心": "ernie",
    "书生浦语": "internlm",
    "书生": "internlm",
    "百川": "baichuan",
    "小米": "mimo",
    "豆包": "seed",
    "月之暗面": "kimi",
    "阶跃星辰": "step",
    "阶跃": "step",
    "面壁": "minicpm",
    "羊驼": "llama",
    "蒸馏": " distill ",
    "量化版": "",
    "量化": "",
}
# What a family is called in short, before its version.
SHORT: Final = {"ds": "deepseek"}
_SIZE: Final = re.compile(r"[0-9.]+[bm]")
_VERSION: Final = re.compile(r"[0-9.]+")
_UNDATED: Final = re.compile(r"(?!2[3-9](?:0[1-9]|1[0-2])$|(?:0[1-9]|1[0-2])[0-3][0-9]$)[0-9.]+")  # no 2507, no 0528
_NONE: Final = re.compile(r"(?!)")
# What makes another model of one, and is never left out.
_KINDS: Final = frozenset(
    ["coder", "code", "embed", "embedding", "guard", "math", "minitron", "ocr", "omni", "reranker", "safeguard", "vl"]
)
_BESIDE_BASE: Final = frozenset(["large", "small"])  # what is called base is of neither of these sizes
_CLOUD: Final = re.compile(r"(?:.*-)?cloud")


@dataclass(frozen=True)
class Meant:
    """A model's id, the format that the name says, whether it is a GGUF file's, and what was read into the name."""

    id: str
    format: str | None = None
    gguf: bool = False
    remark: str | None = None


class ModelNames:
    """Every name of every model, for look-up."""

    def __init__(self, models: Mapping[str, ModelEntry]) -> None:
        self._models = models
        self.stated: dict[str, Meant] = {}  # what entries state, in small letters
        self.forms: dict[str, set[str]] = {}  # ids by normal form
        self.joined: dict[str, set[str]] = {}  # and written as one word
        self.plain: dict[str, set[str]] = {}  # and without the words of tuning
        self._words: dict[str, set[tuple[str, ...]]] = {}
        self._families: set[str] = set()  # the first words of all: what begins with one is no other family's
        self._owners: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}  # of Ollama's tags without what they say of a format
        for model in models.values():
            self._add(model)

    def _add(self, model: ModelEntry) -> None:
        names = model.names
        repositories = (*names.huggingface, *names.modelscope, *names.repackaged)
        self._owners[model.id] = {model.vendor, *(one.split("/")[0].lower() for one in repositories)}
        for one in repositories:
            said = ending(one, mlx=_for_mlx(one))
            self.stated.setdefault(one.lower(), Meant(model.id, said.format, said.gguf))
        for one in names.tuned:
            said, remark = ending(one), f"{one} was trained from {model.name}, and is sized as that"
            self.stated.setdefault(one.lower(), Meant(model.id, said.format, said.gguf, remark))
        for tag, format in (*names.ollama.items(), *names.tuned_ollama.items()):
            tuned = f"{tag} was trained from {model.name}, and is sized as that in {format}"
            remark = tuned if tag in names.tuned_ollama else f"{tag} is {model.name} in {format}"
            self.stated.setdefault(tag.lower(), Meant(model.id, format, gguf=True, remark=remark))
            self._stems.setdefault(ending(tag.lower()).stem, set()).add(model.id)
        bases = (one.split("/")[1] for one in (*repositories, *names.tuned))
        for base in (model.id, model.name, *bases):
            stem = normal(ending(base, mlx=True).stem)
            for form in _with_size({normal(base), stem}, model):
                self.forms.setdefault(form, set()).add(model.id)
                self.joined.setdefault(form.replace("-", ""), set()).add(model.id)
                if form not in (stem, *_with_size({stem}, model)):
                    continue  # what it says of a format is no word of the model's
                words = tuple(w for w in form.split("-") if w not in _TUNES)
                self.plain.setdefault("-".join(words), set()).add(model.id)
                self._words.setdefault(model.id, set()).add(words)
                self._families.add(words[0])

    def meant(self, name: str) -> Meant:
        """What a name means. Raises SizingError for one that means nothing, or several models."""
        if name in self._models:
            return Meant(name)
        bare = _in_full(_PLACE.sub("", _ADDRESS.sub("", _OFFER.sub("", name.strip()), count=1)).strip("/"))
        if found := self.stated.get(bare.lower()):
            return found
        if ":" in bare and "/" not in bare:
            return self._of_ollama(bare.lower(), name)
        if found := self.stated.get(f"{bare.lower()}:latest"):
            return found
        return self._of_repository(bare, name)

    def _of_ollama(self, tag: str, name: str) -> Meant:
        """A tag that no entry states, but for the format that it ends with; or words with a colon between."""
        family, _, own = tag.partition(":")
        if _CLOUD.fullmatch(own):
            raise SizingError(f"{_quoted(name)} runs on Ollama's servers; name a model whose weights you have")
        said = _of_bits(ending(tag))
        if ids := self._stems.get(said.stem):
            (model,) = ids if len(ids) == 1 else (self._ambiguous(name, ids),)
            return Meant(model, said.format, gguf=True, remark=self._read(name, model, said))
        if known := [one for one in self.stated if one.startswith(f"{family}:")]:
            close = difflib.get_close_matches(tag, known, n=MOST_CANDIDATES, cutoff=0.3) or known[:MOST_CANDIDATES]
            raise SizingError(f"no tag {_quoted(name)} in the catalog; of {family} it has {', '.join(close)}")
        return self._matched(said, name, tag)

    def _of_repository(self, bare: str, name: str) -> Meant:
        """``owner/name[:format]``, ``owner/name/file.gguf``, a file's name, or words."""
        parts = bare.split("/")
        owner = parts[0] if len(parts) > 1 else ""
        base = parts[1] if len(parts) > 1 else parts[0]
        said = ending(base, mlx=owner.lower() in _MLX_OWNERS)
        said = _of_bits(said) if said.gguf or not owner else said
        if len(parts) > 2 and _FILE.search(parts[-1]):
            own = ending(parts[-1])
            said = Ending(said.stem, own.format or said.format, said.gguf or own.gguf)
        return self._matched(said, name, bare)

    def _matched(self, said: Ending, name: str, bare: str) -> Meant:
        """The model that a stem means, by ever weaker likeness."""
        for ids in self._alike(said.stem):
            if len(ids) > 1:
                self._ambiguous(name, ids)
            if ids:
                (model,) = ids
                same = normal(bare) in (normal(model), normal(self._models[model].name))
                return Meant(model, said.format, said.gguf, None if same else self._read(name, model, said))
        if found := self.stated.get(f"{'-'.join(bare.lower().split())}:latest"):  # nomic embed text
            return found
        raise SizingError(f"no model {_quoted(name)} in the catalog; {self._hint(said.stem, '/' in bare)}")

    def _alike(self, stem: str) -> Iterator[set[str]]:
        """The models that a stem may mean: of its form, without the words of tuning, and with further words."""
        form = normal(stem)
        yield self.forms.get(form, set())
        yield self.joined.get(form.replace("-", ""), set())
        yield self._of_owner(form, self.forms)
        plain = "-".join(w for w in form.split("-") if w not in _TUNES)
        yield self.plain.get(plain, set())
        yield self._of_owner(plain, self.plain)
        words = tuple(plain.split("-"))
        if len(words) < 2:  # too little to tell one by
            return
        needed = _BESIDE_BASE if "base" in form.split("-") else frozenset[str]()
        yield self._with(lambda own: _between(words, own, _VERSION), needed)
        dated = self._with(lambda own: _between(words, own, _UNDATED), needed)
        yield dated if dated == self._with(lambda own: _between(words, own, _NONE), needed) else set()
        if words[0] not in self._families:
            yield self._with(lambda own: () if own[-len(words) :] == words else None, needed)
            yield self._with(lambda own: _within(words, own), needed)
        if _VERSION.fullmatch(words[-1]):  # gpt oss 120
            yield from self._alike(f"{form}b")

    def _with(self, left_out: Callable[[tuple[str, ...]], tuple[str, ...] | None], needed: frozenset[str]) -> set[str]:
        """The models one of whose forms, in words, is meant but for some that are left out, none of them ``needed``,
        unless the rest of its id is another's name: Qwen3 8B is no Qwen3-VL 8B."""
        found = set()
        for id, every in self._words.items():
            for missing in {rest for own in every if (rest := left_out(own)) is not None}:
                parts = (missing, *((word,) for word in missing))
                if needed.isdisjoint(missing) and not any(self._is_another(id, one) for one in parts):
                    found.add(id)
        return found

    def _is_another(self, id: str, missing: tuple[str, ...]) -> bool:
        """Whether an id without some of its words is another model's name, or may be: a coder is a model of its own."""
        rest = "-".join(word for word in normal(id).split("-") if word not in (*missing, *_TUNES))
        return not _KINDS.isdisjoint(missing) or self.plain.get(rest, {id}) != {id}

    def _of_owner(self, form: str, forms: Mapping[str, set[str]]) -> set[str]:
        """Models of a form that has their owner's name before it, as in ``Qwen_Qwen3-32B`` and ``google gemma``."""
        found: set[str] = set()
        for owner in {owner for owners in self._owners.values() for owner in owners}:
            before = f"{normal(owner)}-"
            if form.startswith(before):
                found |= {id for id in forms.get(form[len(before) :], ()) if owner in self._owners[id]}
        return found

    def _ambiguous(self, name: str, ids: Iterable[str]) -> str:
        several = sorted(ids)
        more = f" and {len(several) - MOST_CANDIDATES} more" if len(several) > MOST_CANDIDATES else ""
        raise SizingError(
            f"{_quoted(name)} may mean several models; write one of {', '.join(several[:MOST_CANDIDATES])}{more}"
        )

    def _read(self, name: str, model: str, said: Ending) -> str:
        """What was read into a name."""
        format = f" in {said.format}" if said.format else " as a GGUF file" if said.gguf else ""
        return f"{_quoted(name)} is taken for {self._models[model].name}{format}, by its name"

    def _having(self, form: str) -> Iterable[str]:
        """The models that have all words of a form: those with the fewest besides but versions, of these the newest."""
        words = {word for word in form.split("-") if word not in _TUNES}
        found: dict[str, int] = {}
        for id, every in self._words.items():
            over = [sum(not _VERSION.fullmatch(x) for x in own if x not in words) for own in every if words <= {*own}]
            if words and over:
                found[id] = min(over)
        newest = sorted(found, key=lambda id: str(known(self._models[id].released) or ""), reverse=True)
        return sorted(newest, key=lambda id: found[id])

    def _hint(self, stem: str, repository: bool) -> str:
        """What would be right: those that have all words, then what is written nearly so."""
        of_form = {form: sorted(ids)[0] for form, ids in self.forms.items()}
        close = difflib.get_close_matches(normal(stem)[:100], of_form, n=3 * MOST_CANDIDATES, cutoff=0.6)
        ids = list(dict.fromkeys([*self._having(normal(stem)), *(of_form[form] for form in close)]))[:MOST_CANDIDATES]
        file = "; or give its config.json" if repository else ""
        if ids:
            return f"did you mean {', '.join(ids)}?{file}"
        first = sorted(self._models)[:MOST_CANDIDATES]
        return f"known are {', '.join(first)} and {len(self._models) - len(first)} more{file}"


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """The normal form of a model's name, its words in small letters: ``Llama3.1:8B`` is llama-3.1-8b.

    A number begins a word, so that it does not matter whether a space stood before it; between two figures a line below
    is a dot, as in ``Llama-3_3``.
    """
    text = re.sub(r"(?<=\d)_(?=\d)", ".", name.lower().replace("+", "-plus-"))
    text = re.sub(r"(?<!\d)\.|\.(?!\d)", "-", text)
    text = re.sub(r"[^a-z0-9.]+", "-", text).strip("-")
    return re.sub(r"([a-z])(?=\d)", r"\1-", text)


def _with_size(forms: set[str], model: ModelEntry) -> set[str]:
    """Forms of a name, and those that state no size with the published one behind: DeepSeek-R1 671B."""
    total = known(model.published.total) if model.published else None
    if total is None or any(_SIZE.fullmatch(word) for form in forms for word in form.split("-")):
        return forms
    return forms | {f"{form}-{round(total / 1e9)}b" for form in forms}


def _between(some: tuple[str, ...], every: tuple[str, ...], kept: re.Pattern[str]) -> tuple[str, ...] | None:
    """The words between some that stand in others in their order, the first of them first; None where they do not, or
    one of those that are ``kept`` is left out."""
    if not _same(some[0], every[0]):
        return None
    left, missing = list(some), []
    for word in every:
        if left and _same(left[0], word):
            left.pop(0)
        elif kept.fullmatch(word):
            return None
        else:
            missing.append(word)
    return None if left else tuple(missing)


def _within(some: tuple[str, ...], every: tuple[str, ...]) -> tuple[str, ...] | None:
    """The same, where others stand before the first."""
    found = (_between(some, every[at:], _VERSION) for at in range(1, len(every)))
    return next((missing for missing in found if missing is not None), None)


def _of_bits(said: Ending) -> Ending:
    """What people mean who say bits alone."""
    bits = OF_BITS.get(said.format or "")
    return Ending(said.stem, bits, gguf=True) if bits else said


def _in_full(name: str) -> str:
    """A name with what families are called in Chinese and in short as ids have it, each once: 智谱 GLM-4.6."""
    text = name
    for said, family in CALLED.items():
        text = text.replace(said, family)
    if text != name:
        families = "|".join(sorted({family for family in CALLED.values() if family.isalpha()}))
        text = re.sub(rf"({families})[ _-]*(?=\1)", "", text.strip(), flags=re.I)
    text = re.sub(r"(\d) ?(?:位|比特)", r"\1bit", text)
    short = "|".join(SHORT)
    return re.sub(rf"^({short})[ _-]?(?=[rv]\d)", lambda found: f"{SHORT[found[1].lower()]} ", text, flags=re.I)


def _same(said: str, own: str) -> bool:
    """Whether two words are one; the version 4 is 4.0."""
    return said == own or (own == f"{said}.0" and _VERSION.fullmatch(said) is not None)


def _for_mlx(repository: str) -> bool:
    return repository.split("/")[0].lower() in _MLX_OWNERS


def _quoted(name: str) -> str:
    return repr(name if len(name) <= 80 else f"{name[:79]}…")
