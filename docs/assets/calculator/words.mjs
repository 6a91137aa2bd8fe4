// How is everything named in Chinese on the pages that answer by themselves? No other module of theirs holds a label.

export const VERDICTS = {
  fits: { sign: "●", word: "放得下", kind: "fits" },
  tight: { sign: "◔", word: "勉强", kind: "tight" },
  offload: { sign: "◐", word: "要卸载", kind: "offload" },
  disk: { sign: "○", word: "放不下", kind: "no" },
  no: { sign: "○", word: "放不下", kind: "no" },
  alone: { sign: "◌", word: "只算内存", kind: "alone" },
};

export const VERDICT_SENTENCES = {
  fits: "全部放进显存或统一内存，也留出了推理框架默认的余量。",
  tight: "不留余量、不接显示器、不开别的程序才放得下。",
  offload: "一部分放在主机内存里，由 CPU 计算：能跑，慢一些。",
  disk: "内存不够，只能边读硬盘边算，慢到没法用。",
  no: "显存和主机内存加起来也不够。",
  alone: "没有选机器：这里只算要占多少内存。",
};

export const PARTS = {
  weights: "权重",
  cache: "KV 缓存",
  buffers: "缓冲区",
  overhead: "驱动与框架",
};

export const CACHE_TYPES = {
  f32: "f32", f16: "f16（默认）", bf16: "bf16", q8_0: "q8_0（省一半）", q5_1: "q5_1", q5_0: "q5_0", q4_1: "q4_1",
  q4_0: "q4_0（省近四分之三）", iq4_nl: "iq4_nl", fp8: "fp8（vLLM、SGLang）", "8bit": "8bit（MLX）", "4bit": "4bit（MLX）",
};

export const RUNTIMES = {
  "llama.cpp": "llama.cpp", vllm: "vLLM", sglang: "SGLang", mlx: "MLX", exllamav2: "ExLlamaV2", exllamav3: "ExLlamaV3",
  ktransformers: "KTransformers", transformers: "Transformers", ollama: "Ollama", lmstudio: "LM Studio",
};

export const SPLITS = { layer: "按层（layer）", tensor: "张量并行（tensor）", none: "只用第一张卡（none）" };

// What a plan takes for granted, by the engine's own words for it.
export const ASSUMED = {
  gpu_limit: "系统让 GPU 用多少内存，按同厂其他容量推算",
  driver_memory: "驱动实际给程序多少显存，按标称容量和同厂其他卡推算",
  power_limit: "限功耗对速度的影响，按其他卡推算",
  network: "机器之间通信的开销，按其他机器推算",
  acceptance: "起草的 token 被采纳多少，按别人在别的文字上的实测",
  slot_logits: "用 2026 年年中以后的 llama-server，它每个并行槽只留一行 logits",
  link: "没有厂商说明卡间怎么互联，按 PCIe 3.0 x16 算",
  host_link: "没有厂商说明卡和主机怎么连，按 PCIe 3.0 x16 算",
  bridge: "两张卡之间装了 NVLink 桥（要另买；没有桥就走 PCIe）",
  context: "驱动和上下文占多少显存，按别的后端推算",
  host: "主机按双通道 DDR5-5600 的台式机算",
  host_bandwidth: "主机内存带宽按通道数和频率算",
};

// What a runtime is told, or does by itself.
export const SETTINGS = {
  split: "几张卡怎么分", layers_on_device: "放进显存的层数", experts_on_host: "专家留在内存的层数", tensor_split: "各卡的份额",
  micro_batch: "微批大小", flash_attention: "Flash Attention", swa_full: "滑动窗口存整段上下文", utilization: "显存占用比例",
  max_sequences: "最多同时几个请求", slots: "并行槽数", unified: "并行槽共用缓存", in_use: "显存已被占用", wired_limit: "GPU 可用的统一内存",
  draft_tokens: "一次起草几个 token", acceptance: "起草被采纳的比例", cache_format: "KV 缓存",
};

// Why a setting changes nothing.
export const IDLE = {
  split: "只有一个设备", tensor_split: "只有一个设备", experts_on_host: "这些层已经整层留在内存里", swa_full: "没有一层用滑动窗口",
  flash_attention: "没有一层做注意力", unified: "只有一个槽，整段上下文都归它", cache_format: "不为每个 token 存任何东西",
};

export const CHANGES = {
  cache_format: (to) => `KV 缓存用 ${to}`,
  format: (to) => `换成 ${to}`,
  context: (to, tokens) => `上下文缩到 ${tokens(to)}`,
  devices: (to) => (to === 1 ? "再加一张同样的卡" : `再加 ${to} 张同样的卡`),
  host_memory: (to, tokens, box) => `主机内存加到 ${box(to)}`,
};

export const USES = { chat: "对话", coding: "写代码", documents: "读长文档", agents: "智能体", team: "小团队" };

// Uses for which it is known beforehand what to buy.
export const BOUGHT = ["chat", "coding", "team"];

export const KINDS = {
  laptop: "笔记本电脑", desktop: "台式机", workstation: "工作站", server: "服务器", cloud: "云端租用",
  soc: "统一内存芯片", gpu: "显卡", cpu: "处理器",
};

export const REGIONS = {
  US: "美国", CN: "中国", "CN-GD": "广东", "CN-BJ": "北京", "CN-ZJ": "浙江", EU: "欧盟", DE: "德国",
};

export const PRICES = { launch: "发布价", list: "官方标价", new: "市价", used: "二手价", rent: "租金" };

export const COVERS = { whole: "整机", parts: "整机按配件合计", card: "只含显卡" };

// Where weights are downloaded from.
export const SOURCES = { huggingface: "Hugging Face", modelscope: "魔搭 ModelScope" };

// In which shell it is done.
export const SHELLS = { sh: "Linux、macOS", powershell: "PowerShell", cmd: "命令提示符" };

// What is done to start a model.
export const STEPS = {
  download: "下载", convert: "转换", build: "编译", system: "系统设置", file: "写文件", join: "另一台机器加入", start: "启动", ask: "试问一句", container: "用容器启动",
};
