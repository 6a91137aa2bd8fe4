"""What may a model's entry say?"""

from __future__ import annotations

from typing import Literal

from sizing.facts.entries.architecture import Architecture
from sizing.facts.entries.common import SOURCES, Source, Sources
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import Amount, Bool, Bytes, Date, Id, Language, OllamaTag, Repository, Text, Tokens
from sizing.facts.units import UNDISCLOSED, Undisclosed


class Headline(Entry):
    """The vendor's headline figures, as the vendor counts them."""

    total: Amount | Undisclosed = about("a count such as 671B", default=UNDISCLOSED)
    active: Amount | Undisclosed = about("a count such as 37B", default=UNDISCLOSED)
    counts: Text = about("what the figure counts, in a few words")


class PublishedFile(Entry):
    """A published file of a mix that no format's rule makes: its size is the fact."""

    bytes: Bytes = about("its tensors' bytes, such as 17664000000")
    like: Text = about("the format whose recipe says how the bytes lie over the parts, such as Q4_K_M")
    source: Source = about("{url, read}")


class Towers(Entry):
    """What sees or hears beside the text model, with what leads from there to it."""

    senses: tuple[Literal["vision", "audio"], ...] = about(
        "what it perceives, where config does not tell: a list such as [vision, audio]", default=()
    )
    parameters: Amount | Undisclosed = about("the exact count of all of it, such as 415347712", default=UNDISCLOSED)
    config: dict[Text, object] = about(
        "config.json's words of it, such as {model_type: qwen3_vl, vision_config: {depth: 24}}",
        default_factory=dict,
    )
    mmproj: dict[Text, Bytes] = about(
        "bytes of its published GGUF files by their number type, such as {F16: 836000000}", default_factory=dict
    )


class Names(Entry):
    """What others call a model, each name of one model alone."""

    huggingface: tuple[Repository, ...] = about("its makers' repositories, a list such as [Qwen/Qwen3-8B]", default=())
    modelscope: tuple[Repository, ...] = about("the same on ModelScope", default=())
    repackaged: tuple[Repository, ...] = about("others' repositories on Hugging Face, such as GGUF files", default=())
    tuned: tuple[Repository, ...] = about("models that were trained from it and keep its shape", default=())
    ollama: dict[OllamaTag, Text] = about(
        "Ollama's tags with the format that each stands for, such as {qwen3:8b: Q4_K_M}", default_factory=dict
    )
    tuned_ollama: dict[OllamaTag, Text] = about(
        "the same of models that were trained from it, such as {dolphin3:8b: Q4_K_M}", default_factory=dict
    )


class ModelEntry(Entry):
    """One model: what its publisher states."""

    id: Text
    family: Text = about("the family's name")
    vendor: Id = about("the vendor's id, such as meta")
    name: Text = about("the model's name")
    license: Text = about("the licence's name, or proprietary")
    native: Text = about("the number type of the published weights, such as BF16, or undisclosed")
    released: Date | Undisclosed = about("the release date, such as 2025-04-28")
    context: Tokens | Undisclosed = about("the model's limit in tokens, such as 8192")
    stated_parameters: Amount | Undisclosed = about(
        "the published exact count, such as 8030261248, or undisclosed", key="parameters"
    )
    published: Headline | None = about("{total, active, counts}", default=None)
    architecture: Architecture | Undisclosed = about("config.json's keys, or undisclosed")
    towers: Towers | None = about("{parameters, config, mmproj} of what sees or hears beside the text", default=None)
    languages: tuple[Language, ...] = about(
        "languages that its makers name, by their codes in ISO 639: a list such as [en, zh]", default=()
    )
    tools: Bool | None = about("whether it was trained to call tools: true or false", default=None)
    names: Names = about("{huggingface, modelscope, repackaged, tuned, ollama, tuned_ollama}", default=Names())
    gguf_experts: Literal["MXFP4", "NVFP4"] | None = about(
        "the type that the experts keep in every published GGUF file, such as MXFP4", default=None
    )
    files: dict[Text, PublishedFile] = about(
        "published files of no format's rule: a map such as UD-Q4_K_XL: {bytes, like, source}", default_factory=dict
    )
    sources: tuple[Source, ...] = about(SOURCES, default=())

    @property
    def open(self) -> bool:
        """Whether its weights, and so its shape, are published."""
        return self.architecture != UNDISCLOSED


class CitedModelEntry(ModelEntry):
    """A model of the catalog: every fact has a source."""

    sources: Sources = about(SOURCES)
