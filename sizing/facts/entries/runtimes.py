"""What may a runtime's entry say?"""

from __future__ import annotations

from typing import Annotated, Literal

from sizing.facts import units
from sizing.facts.entries.common import SOURCES, Source, Sources
from sizing.facts.entries.devices import Backend
from sizing.facts.entries.entry import Entry, about
from sizing.facts.entries.values import (
    SOME,
    Bool,
    Bounded,
    Image,
    LeastMemory,
    Natural,
    Overhead,
    Port,
    Positive,
    Share,
    Text,
    number,
    whole,
)
from sizing.facts.units import Undisclosed


class MeasuredContext(Entry):
    """What driver and context were measured to take on devices of one chip."""

    devices: Annotated[tuple[Text, ...], SOME] = about("devices of that chip, such as [h100-sxm-80gb]")
    overhead: Overhead = about("taken on each of them: 609 MiB")
    sources: Sources = about(SOURCES)


class BackendFacts(Entry):
    """What a runtime takes on one backend, whatever the model."""

    context_overhead: Overhead | Undisclosed = about("taken on each device by driver and context: 450 MiB")
    contexts: tuple[MeasuredContext, ...] = about(
        "the same where it was measured: a list of {devices, overhead, sources}", default=()
    )
    graphs: Overhead = about("taken on each device by captured graphs of its steps: 500 MiB", default=0)
    joined: Overhead = about("taken on each of several devices that switches of NVLink join: 2000 MiB", default=0)
    formats: tuple[Text, ...] = about("the only formats that it computes there, such as [F16, Q8_0]", default=())
    capability: Annotated[float, number(0, 100)] = about(
        "the CUDA compute capability that a device must have at least, such as 7.5", default=0.0
    )
    sources: tuple[Source, ...] = about(SOURCES, default=())

    def __post_init__(self) -> None:
        if units.known(self.context_overhead) and not self.sources:
            raise ValueError("an overhead needs its source; give sources: [{url, read}], or undisclosed")


class ByMemory(Entry):
    """What a runtime does by itself on devices from a size of memory on."""

    memory: LeastMemory = about("of the smallest device, such as 0 GB")
    batched_tokens: Positive = about("tokens of a prompt that it computes at once, such as 2048")
    logit_rows: Positive | None = about("rows of logits that its buffers hold, such as 256", default=None)
    margin: Overhead = about("left free on each device, such as 6752 MiB", default=0)


class CacheRule(Entry):
    """How a runtime allocates what context costs."""

    types: Annotated[tuple[Text, ...], SOME] = about("the cache types that it offers, such as [f16, q8_0]")
    apart: Bool = about("true where keys and values may differ in type", default=False)
    page: Annotated[int, whole(1, 65_536)] = about("tokens that it allocates at once, such as 16", default=1)
    windowed: tuple[Text, ...] | None = about(
        "the only model_types whose windows save memory, such as [gpt_oss]; left out, all", default=None
    )
    full: tuple[Text, ...] = about("model_types that hold every token despite a window: [mistral]", default=())
    quantized_windows: Bool = about("false where no other than 16 bits is offered for a window's cache", default=True)
    window_type: Text | None = about("the type of a window's cache, where it is one, such as f16", default=None)
    window_pages: Annotated[int, whole(0, 1024)] = about(
        "pages that a windowed layer holds beyond its window, such as 1", default=0
    )
    window_spare: Annotated[int, whole(-1, 10**6)] = about(
        "tokens that a windowed layer holds beyond its window, for each sequence, such as 512", default=0
    )
    batch_spare: Natural = about("the same, once for all sequences, such as 8192", default=0)
    window_share: Share = about("share of a whole context that a window takes at least", default=0.0)
    window_shares: tuple[tuple[Text, Share], ...] = about(
        "the same of single model_types, such as [[deepseek_v4, 0.1]]", default=()
    )
    grouped: Bool = about("true where layers are held in groups and pages of one size", default=False)
    indexer_values: Bool = about("true where an indexer beside grouped heads has values too", default=False)
    masks: Bool = about("true where entries that an indexer does not choose are read, too, and masked", default=False)
    sparse_latent: Text | None = about(
        "the type of a latent that an indexer chooses of, where fp8 is asked for: fp8_ds_mla", default=None
    )
    indexer: Text | None = about("the type of an indexer's keys, where it is fixed, such as fp8_128", default=None)
    drafting: Text | None = about(
        "the type of the cache of layers that draft, where it does not follow the model's, such as f16", default=None
    )
    state_bits: Literal[16, 32] = about("16 or 32: of an element of a recurrent state", default=32)
    convolution_bits: Literal[16, 32] = about("16 or 32: of an element of a convolution's state", default=32)
    states: Positive = about("recurrent states of each sequence; one more keeps a prefix to go back to", default=1)
    states_share: Annotated[float, number(0, 10)] = about(
        "what is set aside for states, as a share of what tokens take beside them, such as 0.9", default=0.0
    )
    kept: Positive = about("sequences that states and windows are kept for, however few there are", default=1)
    note: Text | None = about("a short remark in text", default=None)
    sources: Sources = about(SOURCES)

    def keeps_windows(self, model_type: str) -> bool:
        """Whether a model's windowed layers hold only their window."""
        return model_type not in self.full if self.windowed is None else model_type in self.windowed

    def least(self, model_type: str) -> float:
        """The share of a whole context that a model's windowed layers hold at least."""
        return dict(self.window_shares).get(model_type, self.window_share)


class Server(Entry):
    """A program that answers requests with a runtime: the runtime's own, or one that is built on it."""

    name: Text = about("the program's name")
    port: Port = about("the port that it listens at by itself, such as 8080")
    cache_types: tuple[Text, ...] | None = about(
        "the only cache types that it offers of the runtime's, such as [f16, q8_0]; left out, all", default=None
    )
    images: dict[Backend, Image] = about(
        "its makers' container images by backend: a map such as cuda: vllm/vllm-openai:latest", default_factory=dict
    )
    windows: Bool = about("true where it runs on Windows itself, and not in WSL alone", default=False)
    lacks: tuple[Text, ...] = about(
        "model_types that it does not load, though its runtime could hold them: [mllama_text_model]", default=()
    )
    note: Text | None = about("a short remark in text", default=None)
    sources: Sources = about(SOURCES)

    def image(self, backend: str | None) -> str | None:
        """The image for a backend; None where its makers publish none."""
        return next((image for name, image in self.images.items() if name == backend), None)


class Runtime(Entry):
    """A program that runs models."""

    id: Text
    name: Text = about("the program's name")
    files: Literal["gguf", "safetensors", "mlx", "exl2", "exl3"] = about("gguf, safetensors, mlx, exl2 or exl3")
    cache: CacheRule = about("{types, page, windows, …}: how it holds a context")
    towers: Bool = about("true where it loads what sees or hears unasked", default=False)
    tries_towers: Bool = about(
        "true where it tries them at start on the largest pictures, and keeps what that takes free", default=False
    )
    whole_towers: tuple[Text, ...] = about(
        "text models' types, such as gemma4_text, of whose towers every rank has all", default=()
    )
    split: Literal["layer", "tensor"] = about("how it uses several devices: layer or tensor")
    offload: Bool = about("true where layers may lie on the host", default=False)
    experts_alone: Bool = about("true where of layers only the experts may lie there", default=False)
    spans: Bool = about("true where it runs over several boxes on a network", default=False)
    gpu_memory_utilization: Annotated[Share, Bounded(gt=0)] = about(
        "share of a device that it takes, such as 0.9", default=1.0
    )
    device_margin: Overhead = about("left free on each device by itself, such as 1024 MiB", default=0)
    margin_each: Overhead = about("and as much more for each device that it uses, such as 128 MiB", default=0)
    computes_in_margin: Bool = about("true where buffers lie in what it leaves free", default=False)
    batched_tokens: Positive = about("tokens of a prompt that it computes at once, such as 512")
    expert_tokens: Natural = about(
        "tokens for each expert on the host from which a prompt is computed on the device, such as 32", default=0
    )
    logit_rows: Positive = about("rows of logits that its buffers hold, such as 512")
    slot_logits: Bool = about("true where its server of today holds one row for each of its slots", default=False)
    by_memory: tuple[ByMemory, ...] = about(
        "what it does by itself by the devices' memory, the smallest first: a list of {memory, batched_tokens, …}",
        default=(),
    )
    small: tuple[Text, ...] = about(
        "ids of devices that it treats as the smallest, whatever their memory, such as [gb10]", default=()
    )
    note: Text | None = about("a short remark in text", default=None)
    servers: dict[Text, Server] = about(
        "what answers requests with it, its own first: a map such as ollama: {name, port, sources}",
        default_factory=dict,
    )
    backends: dict[Backend, BackendFacts] = about("a map such as cuda: {…}")
    sources: Sources = about(SOURCES)
