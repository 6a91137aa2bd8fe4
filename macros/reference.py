"""The data pages: every fact of the catalog with its sources, and the template that contributors copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from macros import labels
from macros.context import Site
from macros.markdown import keep, sources, table, target
from sizing import search
from sizing.anatomy.recipes import RECIPES_READ_FROM
from sizing.facts.entries.devices import Compute, Device
from sizing.facts.entries.formats import Loss
from sizing.proof.record import Summary, agreements, summaries, unaccounted


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog

    def models_reference() -> str:
        """Every model: counts, licence, sources."""
        rows = []
        for m in catalog.models.values():
            counts = m.parameters
            rows.append(
                [
                    f"{target(m.id)}{m.name}",
                    f"`{m.id}`",
                    labels.VENDORS.get(m.vendor, m.vendor),
                    keep(labels.date(m.released)),
                    f"{counts.total:,}" if counts else labels.UNKNOWN,
                    f"{counts.active:,}" if counts else labels.UNKNOWN,
                    labels.attention(m),
                    labels.tokens(m.context),
                    labels.disclosed(m.native),
                    m.license,
                    sources(m.sources),
                ]
            )
        head = [
            "模型",
            "编号",
            "厂商",
            "发布",
            "总参数:",
            "激活参数:",
            "注意力",
            "上下文上限:",
            "发布精度",
            "许可",
            "出处",
        ]
        return table(head, rows)

    def devices_reference() -> str:
        """Every device under its vendor's heading: memory, bandwidth, compute, power, sources."""
        vendors: dict[str, list[Device]] = {}
        for d in catalog.devices.values():
            vendors.setdefault(d.vendor, []).append(d)
        largest_first = sorted(vendors, key=lambda v: -len(vendors[v]))
        return "\n\n".join(f"## {labels.VENDORS.get(v, v)}\n\n{_devices(vendors[v])}" for v in largest_first)

    def machines_reference() -> str:
        """Every machine: devices, memory, price, sources."""
        rows = [
            [
                f"{target(m.id)}{m.name}",
                f"`{m.id}`",
                labels.KINDS[m.kind],
                f"{len(m.devices)} × {_device_link(m.devices[0])}",
                labels.box(m.memory),
                labels.gib(search.usable(m)),
                labels.gib(m.host.capacity),
                labels.money(m),
                sources(m.entry.sources if m.entry else ()),
            ]
            for m in catalog.machines.values()
        ]
        head = ["机器", "编号", "种类", "设备", "标称内存:", "GPU 可用:", "主机可用:", "价格", "出处"]
        return table(head, rows)

    def _device_link(device: Device | None) -> str:
        return site.link(device.name, "data/devices.md", device.id) if device else labels.NONE

    def hosts_reference() -> str:
        """Every host."""
        rows = [
            [
                h.name,
                f"`{h.id}`",
                h.memory_type,
                labels.box(h.memory),
                labels.bandwidth(h.bandwidth),
                sources(h.sources),
            ]
            for h in catalog.hosts.values()
        ]
        return table(["主机", "编号", "内存类型", "内存:", "带宽:", "出处"], rows)

    def gpu_limits_table() -> str:
        """What a system lets the GPU use of a shared memory, an observation a row."""
        rows = [
            [
                labels.box(x.memory),
                labels.gib(x.limit),
                f"{x.limit / x.memory:.0%}",
                labels.VENDORS.get(x.vendor, x.vendor),
                labels.disclosed(x.device),
                labels.disclosed(x.system),
                sources([x.source]),
            ]
            for x in sorted(catalog.gpu_limits, key=lambda x: (x.memory, x.limit))
        ]
        return table(["内存:", "GPU 可用:", "占比:", "厂商", "芯片", "系统", "出处"], rows)

    def raise_limit() -> str:
        """The command that raises that limit."""
        how = catalog.raise_gpu_limit
        return f"`{how.command}`（{how.since} 起）{sources(how.sources)}" if how else labels.UNKNOWN

    def formats_reference() -> str:
        """Every format: who reads it, what it loses."""
        rows = [
            [
                f"{target(f.id)}{f.name}",
                f.precision,
                "、".join(f.runtimes),
                "<br>".join(map(_loss, f.loss)) or labels.UNKNOWN,
                sources(f.sources),
            ]
            for f in catalog.formats.values()
        ]
        return table(["格式", "精度", "能读的程序", "实测损失", "出处"], rows)

    def runtimes_reference() -> str:
        """Each runtime: its files, how it uses several devices, what it takes of each, by backend."""
        rows = [
            [
                r.name,
                backend,
                labels.FILES[r.files],
                labels.SPLITS[r.split],
                "能" if r.offload else "不能",
                f"{r.batched_tokens:,}",
                labels.UNKNOWN if isinstance(x.context_overhead, str) else labels.gib(x.context_overhead),
                sources((*r.sources, *x.sources)),
            ]
            for r in catalog.runtimes.values()
            for backend, x in r.backends.items()
        ]
        head = [
            "程序",
            "后端",
            "读的文件",
            "几张卡怎么分",
            "放一部分到主机",
            "一次读入 token:",
            "每卡固定占用:",
            "出处",
        ]
        return table(head, rows)

    def recipes_version() -> str:
        """Where the GGUF recipes were read, and their version."""
        return RECIPES_READ_FROM

    @cache
    def compared() -> tuple[Summary, ...]:
        return tuple(summaries(agreements(catalog)))

    def record_table() -> str:
        """The engine beside the record of the runtime's own tools."""
        rows = [[*_compared(s), _worst(s)] for s in compared() if s.what not in labels.PUBLISHED]
        return table(["比较", "条数:", "目标", "达到:", "误差中位数:", "最大的误差"], rows)

    def published_table() -> str:
        """The engine beside what others printed and published."""
        rows = [
            [*_compared(s)[:-1], f"{s.explained:,}", *_compared(s)[-1:], _worst(s)]
            for s in compared()
            if s.what in labels.PUBLISHED
        ]
        return table(["比较", "条数:", "目标", "达到:", "其中注明原因的:", "误差中位数:", "最大的误差"], rows)

    def unaccounted_table() -> str:
        """What whole runs took beyond weights, cache and buffers."""
        rows = [
            [
                u.device,
                catalog.runtime(u.runtime).name,
                u.backend,
                f"{u.rows:,}",
                labels.mib(u.median),
                f"{labels.mib(u.low)}～{labels.mib(u.high)}",
            ]
            for u in unaccounted(catalog)
        ]
        return table(["设备", "程序", "后端", "条数:", "中位数:", "范围:"], rows)

    def counts() -> str:
        """How many entries the catalog holds."""
        return (
            f"{len(catalog.models)} 个模型、{len(catalog.devices)} 种设备、{len(catalog.machines)} 台机器、"
            f"{len(catalog.formats)} 种格式、{len(catalog.claims)} 条断言、{len(catalog.measurements())} 条实测速度"
        )

    def template_entry() -> str:
        """The template entry's text."""
        text = (catalog.root / "models" / "_template.yaml").read_text(encoding="utf-8")
        return f"```yaml\n{text}```"

    return [
        models_reference, devices_reference, machines_reference, hosts_reference, gpu_limits_table, raise_limit,
        formats_reference, runtimes_reference, recipes_version, record_table, published_table,
        unaccounted_table, counts,
        template_entry,
    ]  # fmt: skip


def _devices(devices: Iterable[Device]) -> str:
    """A table of devices, a row each."""
    rows = [
        [
            f"{target(d.id)}{d.name}",
            f"`{d.id}`",
            labels.MARKETS[d.market] + labels.DEVICE_KINDS[d.kind],
            keep(labels.date(d.released)),
            "、".join(map(labels.box, d.memory.box)),
            labels.UNKNOWN if isinstance(d.memory.driver, str) else labels.gib(d.memory.driver),
            labels.bandwidth(d.bandwidth),
            "<br>".join(map(_compute, d.compute)) or labels.NONE,
            labels.watts(d.tdp),
            _links(d),
            sources(d.sources),
        ]
        for d in devices
    ]
    head = ["设备", "编号", "定位", "发布", "标称内存:", "驱动显示:", "带宽:", "稠密算力", "功率:", "互联", "出处"]
    return table(head, rows)


def _compared(s: Summary) -> list[str]:
    return [labels.RECORDED[s.what], f"{s.count:,}", labels.TARGET_WORDS[s.what], f"{s.met:,}", f"{s.median_error:.2%}"]


def _worst(s: Summary) -> str:
    return f"{s.worst.error:+.2%}（{s.worst.case}）" if s.worst.error else "没有"


def _compute(c: Compute) -> str:
    kind = c.type.upper() + (f"／{c.accumulate.upper()}" if c.accumulate != "undisclosed" else "")
    unit = "TOPS" if c.type.startswith("int") else "TFLOPS"
    rate = labels.UNKNOWN if isinstance(c.rate, str) else f"{c.rate / 1e12:g} {unit}"
    return f'<span class="keep">{kind} {rate}</span>'


def _loss(x: Loss) -> str:
    against = f"{x.base} 为 {x.base_value:g}，{x.model}，{x.dataset}"
    return f"{x.metric} {x.value:g}（{against}）{sources([x.source])}"


def _links(d: Device) -> str:
    if d.interconnect is None:
        return labels.NONE
    nvlink = d.interconnect.nvlink
    return f"PCIe {d.interconnect.pcie}" + (f"，NVLink {labels.bandwidth(nvlink)}" if isinstance(nvlink, float) else "")
