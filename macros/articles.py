"""The article's tables: models, machines, worked examples, advice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from macros import labels
from macros.context import Site
from macros.markdown import cite, table
from sizing import search
from sizing.engine.fitted import Test
from sizing.errors import SizingError
from sizing.facts.machine import Machine
from sizing.model import Model
from sizing.plan import Plan, plan
from sizing.proof.accuracy import measured, timed


def macros(site: Site) -> list[Callable[..., str]]:
    """The macros of this module."""
    catalog = site.catalog

    def _model(model: Model) -> str:
        return site.link(model.name, "data/models.md", model.id)

    def _machine(machine: Machine) -> str:
        return site.link(machine.name, "data/machines.md", machine.id)

    def closed_models() -> str:
        """Models that run only at their vendor."""
        rows = [
            [
                _model(m),
                labels.VENDORS.get(m.vendor, m.vendor),
                labels.date(m.released),
                labels.count(m.stated_parameters),
                labels.tokens(m.context),
                "只能在云端使用",
            ]
            for m in catalog.models.values()
            if not m.open
        ]
        return table(["模型", "厂商", "发布", "参数量", "上下文上限:", "本地运行"], rows)

    def open_models(
        names: Sequence[str] = (), formats: Sequence[str] = ("Q4_K_M", "Q8_0", "F16"), context: int = 8192
    ) -> str:
        """Open models, all unless named: parameters, sizes by format, and the smallest machine that holds each."""
        rows = []
        models = [catalog.model(n) for n in names] or [m for m in catalog.models.values() if m.open]
        for m in sorted(models, key=lambda m: m.parameters.total if m.parameters else 0):
            counts = m.parameters
            assert counts is not None
            sizes = [plan(m, None, format=f, context=context).sized.weights for f in formats]
            fitting = search.fitting_machines(catalog, m, formats[0], context)
            rows.append(
                [
                    _model(m),
                    labels.count(counts.total),
                    labels.count(counts.active),
                    labels.tokens(m.context),
                    *map(labels.gb, sizes),
                    labels.gib(plan(m, None, format=formats[0], context=context).memory.total),
                    _machine(fitting[0].machine) if fitting and fitting[0].machine else labels.NONE,
                ]
            )
        head = ["模型", "总参数:", "激活:", "上下文上限:", *(f"{f}:" for f in formats)]
        return table([*head, f"{formats[0]}、{labels.tokens(context)} 时共占:", "放得下的最小机器"], rows)

    def machines_table(
        kind: str, format: str = "Q4_K_M", context: int = 8192, models: Sequence[str] = ("llama-3-8b", "llama-3-70b")
    ) -> str:
        """Machines of a kind: memory, bandwidth, the largest model that fits, and some speeds."""
        machines = [m for m in catalog.machines.values() if m.kind == kind]
        if not machines:
            raise SizingError(f"no machine of kind {kind!r}; known are {', '.join(labels.KINDS)}")
        chosen = [catalog.model(m) for m in models]
        rows = [_machine_row(m, format, context, chosen) for m in machines]
        head = ["机器", "内存:", "GPU 可用:", "带宽:", "放得下的最大模型与速度（tok/s）"]
        return table([*head, *(f"{m.name}（tok/s）:" for m in chosen)], rows)

    def _machine_row(machine: Machine, format: str, context: int, models: Sequence[Model]) -> list[str]:
        largest = search.largest_model(catalog, machine, format, context)
        plans = [plan(m, machine, format=format, context=context) for m in models]
        return [
            _machine(machine),
            labels.box(machine.memory),
            labels.gib(search.usable(machine)),
            labels.bandwidth(machine.places[0].bandwidth),
            f"{_model(largest.model)}：{_rate(largest)}" if largest else labels.NONE,
            *map(_speed, plans),
        ]

    def precision_table(model: str, machines: Sequence[str], context: int = 8192) -> str:
        """A model's size by format, and whether some machines hold it."""
        m = catalog.model(model)
        places = [catalog.machine(name) for name in machines]
        rows = []
        for fmt in ("F16", "FP8", "INT8", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0", "AWQ", "Q3_K_M", "Q2_K"):
            alone = plan(m, None, format=fmt, context=context)
            bits = alone.sized.weights * 8 / alone.sized.total_parameters
            rows.append(
                [
                    catalog.format(fmt).name,
                    labels.number(bits),
                    labels.gb(alone.sized.weights),
                    labels.gib(alone.sized.weights),
                    labels.gib(alone.memory.total),
                    *(_fit(m, place, fmt, context) for place in places),
                ]
            )
        head = ["格式", "每个参数（bit）:", "权重（GB）:", "权重（GiB）:", f"{labels.tokens(context)} 时共占:"]
        return table([*head, *(place.name for place in places)], rows)

    def _fit(model: Model, machine: Machine, format: str, context: int) -> str:
        try:
            return labels.fit(plan(model, machine, format=format, context=context))
        except SizingError:
            return "没有能读它的程序"

    def context_table(model: str, contexts: Sequence[int], formats: Sequence[str] = ("F16", "Q8_0", "Q4_K_M")) -> str:
        """A model's cache and memory as the context grows."""
        m = catalog.model(model)
        rows = []
        for context in contexts:
            plans = [plan(m, None, format=f, context=context) for f in formats]
            quantized = plan(m, None, format=formats[-1], context=context, cache_format="q8_0")
            rows.append(
                [
                    labels.tokens(context),
                    labels.gib(plans[0].memory.cache),
                    labels.gib(quantized.memory.cache),
                    *(labels.gib(p.memory.total) for p in plans),
                    "超过模型上限" if plans[0].beyond_limit else "",
                ]
            )
        head = ["上下文:", "缓存（f16）:", "缓存（q8_0）:", *(f"{f} 共占:" for f in formats), "备注"]
        return table(head, rows)

    def cache_table(models: Sequence[str], contexts: Sequence[int] = (4096, 32768, 131072)) -> str:
        """The caches of several models."""
        rows = []
        for name in models:
            m = catalog.model(name)
            sizes = [plan(m, None, format="F16", context=c).memory.cache for c in contexts]
            rows.append([_model(m), labels.attention(m), *map(labels.gib, sizes)])
        return table(["模型", "注意力", *(f"{labels.tokens(c)}:" for c in contexts)], rows)

    def bandwidth_table(model: str, machines: Sequence[str], format: str = "Q4_K_M", context: int = 4096) -> str:
        """What bandwidth and compute decide: a model's decode and prefill on some machines."""
        m = catalog.model(model)
        rows = []
        for name in machines:
            machine = catalog.machine(name)
            p = plan(m, machine, format=format, context=context)
            device = machine.devices[0]
            rows.append(
                [
                    machine.name,
                    labels.bandwidth(machine.places[0].bandwidth),
                    labels.tflops(device.rate("fp16")),
                    _speed(p),
                    _rate(p, "prefill"),
                    labels.seconds(p.time_to_first_token(context)),
                ]
            )
        head = [
            "机器",
            "带宽:",
            "FP16 算力:",
            "生成（tok/s）:",
            "读入（tok/s）:",
            f"读完 {labels.tokens(context)} 的等待:",
        ]
        return table(head, rows)

    def advice_table(models: Sequence[str], format: str = "Q4_K_M", context: int = 8192) -> str:
        """For each model, the cheapest machine to own and to rent that holds it."""
        rows = []
        for name in models:
            m = catalog.model(name)
            fitting = search.fitting_machines(catalog, m, format, context)
            own, rent = search.cheapest_to_own(fitting), search.cheapest_to_rent(fitting)
            need = plan(m, None, format=format, context=context).memory.total
            rows.append([_model(m), labels.gib(need), _offer(own), _speed(own), _offer(rent), _speed(rent)])
        head = ["模型", "共占:", "标了价的机器里最便宜的", "速度（tok/s）:", "租用最便宜的", "速度（tok/s）:"]
        return table(head, rows)

    def _offer(p: Plan | None) -> str:
        if p is None or p.machine is None:
            return labels.NONE
        return f"{_machine(p.machine)}，{labels.money(p.machine)}"

    def _speed(p: Plan | None) -> str:
        if p is None:
            return labels.NONE
        if not p.runs:
            return "跑不了"
        return _rate(p) if p.fits else f"{_rate(p)} *"

    def _rate(p: Plan, test: Test = "decode") -> str:
        """A predicted speed with its range, and beneath it the measured one, if there is one of the same case."""
        predicted = labels.short_rate(p.decode if test == "decode" else p.prefill)
        row = measured(catalog, p, test)
        if row is None:
            return predicted
        then = labels.short_rate(timed(catalog, row).predicted)
        about = f"{labels.subject(catalog, row)}，{labels.conditions(row)}；按当年的程序预测 {then}"
        said = cite(labels.measured(row), row.source_url, about)
        return f'{predicted}<br><small class="measured">{said}</small>'

    def claim(name: str) -> str:
        """A claim's verdict, linked to its row."""
        result = site.ledger.result(name)
        style = result.verdict.replace(" ", "-")
        return site.link(labels.VERDICTS[result.verdict], "claims.md", name) + f"{{: .verdict .{style} }}"

    def claims_in(section: str) -> str:
        """The claims that a section of the article answers, each with its verdict."""
        names = [c.id for c in catalog.claims.values() if c.section == section]
        if not names:
            raise SizingError(f"no claim belongs to section {section!r}")
        lines = [f"- “{catalog.claim(name).says}” {claim(name)}" for name in names]
        return "\n".join(['<div class="claims" markdown>', "", "流传的说法，核对如下：", "", *lines, "", "</div>"])

    return [
        closed_models, open_models, machines_table, precision_table, context_table, cache_table, bandwidth_table,
        advice_table, claim, claims_in,
    ]  # fmt: skip
