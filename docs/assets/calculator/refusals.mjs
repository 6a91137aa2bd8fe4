// How is a refusal of the engine said in Chinese? By its pattern; one that is not known is shown as it is. Loaded where
// something is refused.

const SAID = [
  [/^\S* buys nothing; give a budget such as \S+$/, () => "预算写一个数，比如 20000，或者 2 万"],
  [/^(\S+) does not read (\S+); \S+ is read by (.+)$/, (runtime, format, readers) => `${runtime} 读不了 ${format}；能读的有 ${listed(readers)}`],
  [/^(\S+) is read by (.+), which cannot run on (\S+); choose another format$/, (format, readers, there) => `能读 ${format} 的是 ${listed(readers)}，但它们不能在 ${there} 上运行；换一种格式`],
  [/^(\S+) computes (.+) on (\S+), and not (\S+); choose one of these$/, (runtime, formats, there, format) => `${runtime} 在 ${there} 上只算 ${listed(formats)}，不算 ${format}；从中选一种`],
  [/^no runtime of the catalog runs on (\S+) yet; choose another machine$/, (there) => `目录里还没有能在 ${there} 上运行的推理框架；换一台机器`],
  [/^(context|sequences) (\S+) is not possible; give a whole number from 1 up$/, (what, value) => `${NAMES[what]} ${value} 不行；填 1 以上的整数`],
  [/^(context|sequences) is not possible beyond (\d+); give a smaller number$/, (what, most) => `${NAMES[what]}最多 ${most}；填小一点`],
  [/^(.+) runs in one box; choose llama\.cpp, vllm or another that spans several$/, (runtime) => `${runtime} 只能在一台机器里运行；换成 llama.cpp、vLLM 等能跨机器的`],
  [/^(\S+) has one memory for the CPU and its device; it takes no host$/, (machine) => `${machine} 的处理器和 GPU 共用一份内存，不另配主机内存`],
  [/^a power limit lies between (\d+) and (\d+) W here, not at (\S+) W$/, (low, high, said) => `限功耗在这里是 ${low}～${high} W，不能是 ${said} W`],
  [/^nobody states the power of (\S+); leave the limit out$/, (card) => `没有人公布 ${card} 的功耗；限功耗留空`],
  [/^a power limit is of a machine; name one$/, () => "限功耗要先选机器"],
  [/^a measured speed without a machine says nothing; name the machine too$/, () => "填了实测速度，也要选机器"],
  [/^(\S+) is no measured speed; give tokens\/s, such as 71\.3$/, (said) => `${said} 不是速度；填 tok/s，例如 71.3`],
  [/^(\S+) tokens\/s is more than (.+) can read of (.+) in (\S+) \((\S+)\); give one user's speed without a draft$/, (rate, machine, model, format, most) => `${rate} tok/s 超过了 ${machine} 读 ${format} 的 ${model} 的极限（${most}）；填一个人用、不开推测解码的速度`],
  [/^split, layers, utilization and memory in use are of a machine; name one$/, () => "这些设置都要先选机器"],
  [/^(.+) has no -ngl, --n-cpu-moe or -ts; these are llama\.cpp's$/, (runtime) => `${runtime} 没有 -ngl、--n-cpu-moe 和 -ts；这些是 llama.cpp 的`],
  [/^(.+) has no --swa-full and no -fa; these are llama\.cpp's$/, (runtime) => `${runtime} 没有 -fa；这是 llama.cpp 的`],
  [/^split tensor gives every device a share of every layer; leave -ngl and --n-cpu-moe out$/, () => "张量并行时每张卡都有每一层的一份；-ngl 和 --n-cpu-moe 留空"],
  [/^a processor alone has no device to place layers on; leave .+ out$/, () => "只有处理器，没有显卡可放；-ngl、--n-cpu-moe 和 -ts 留空"],
  [/^the model has no experts; --n-cpu-moe is for mixtures, -ngl for dense models$/, () => "这个模型没有专家；--n-cpu-moe 用于混合专家模型，稠密模型用 -ngl"],
  [/^(.+) takes no share of a device; say what others use of it with in_use$/, (runtime) => `${runtime} 没有显存占用比例；改填“显存已被占用”`],
  [/^utilization (\S+) is not possible; give a share such as 0\.9$/, (said) => `显存占用比例不能是 ${said}；填 0.9 这样的数`],
  [/^a wired limit is of a chip whose GPU shares the memory; name such a machine$/, () => "iogpu.wired_limit_mb 只有统一内存的机器才有"],
  [/^a wired limit lies between 0 and the memory less what the operating system keeps$/, () => "iogpu.wired_limit_mb 要大于 0，又要给系统留下内存"],
  [/^slots share one context in llama\.cpp alone; give (.+) sequences$/, (runtime) => `只有 llama.cpp 的并行槽共用上下文；${runtime} 请填同时用的人`],
  [/^slots share one context, sequences have one each; give one of the two$/, () => "并行槽共用一份上下文，同时用的人各有一份；两个只填一个"],
  [/^the tensor split has (\d+) shares; the machine uses (\d+) devices$/, (shares, devices) => `各卡的份额有 ${shares} 个，机器用 ${devices} 张卡`],
  [/^a tensor split is shares from 0 up, of which one at least is more, such as 3,1$/, () => "各卡的份额是 0 以上的数，至少一个大于 0，例如 3,1"],
  [/^memory in use of (\d+) devices is given; the machine has (\d+)$/, (given, has) => `填了 ${given} 张卡已被占用的显存，机器只有 ${has} 张`],
  [/^memory in use of (\S+) lies between 0 and what it offers$/, () => "已被占用的显存不能超过它有的显存"],
  [/^a cache of (\S+) needs flash attention for its values; leave -fa on, or f16$/, (kind) => `${kind} 的缓存要开 Flash Attention；打开它，或者用 f16`],
  [/^(\S+) has no multi-token-prediction layers; name a draft model$/, (model) => `${model} 没有多 token 预测层；换成草稿模型`],
  [/^nothing drafts; ask for the model's own layers \(mtp\), or name a draft model$/, () => "没有起草的：装入多 token 预测层，或者选一个草稿模型"],
  [/^(\S+) drafted tokens are not possible; give a whole number from 1 to (\d+)$/, (said, most) => `一次起草 ${said} 个不行；填 1 到 ${most} 的整数`],
  [/^an acceptance of (\S+) is not possible; give a share such as 0\.7$/, (said) => `采纳的比例不能是 ${said}；填 0.7 这样的数`],
  [/^an acceptance is of a number of drafted tokens; give that number with it$/, () => "填了采纳的比例，也要填一次起草几个"],
  [/^nobody measured how many drafted tokens are kept; give their number and the acceptance$/, () => "没有人测过起草的采纳比例；填一次起草几个和采纳的比例"],
  [/^the model has (.+), as far as is known; leave the setting out$/, () => "就目前所知，这个模型没有这一部分；设置留空"],
  [/^(.+) runs only at .+: its weights and shape are undisclosed$/, (model) => `${model} 只能在它的厂商那里用：权重和结构没有公布`],
  [/^no (?:model|machine) (.+?) (?:was exported|in the catalog).*$/, (name) => `目录里没有 ${name}；换个名字，或从列表里选`],
  [/^(.+?): model_type '(.+?)' is not known; .*$/, (file, type) => `${file}：还不认识 model_type ${type}，所以不算`],
  [/^(.+?): GGUF architecture '(.+?)' is not known.*$/, (file, type) => `${file}：还不认识 GGUF 架构 ${type}，所以不算`],
  [/^(.+?): (.+): not known, and may matter to the size; nothing is guessed$/, (file, words) => `${file}：${listed(words)} 不认识，又可能影响大小，所以不猜`],
  [/^(.+?): no model_type; give a Hugging Face config\.json$/, (file) => `${file}：没有 model_type；要 Hugging Face 的 config.json`],
  [/^(.+?): vocab_size is missing, and hidden_size; give a whole config\.json$/, (file) => `${file}：没有 vocab_size 和 hidden_size；要完整的 config.json`],
  [/^(.+?): (\S+): missing, and a (\S+) needs it; give a whole config\.json$/, (file, word, type) => `${file}：${type} 必须有 ${word}，这里没有；要完整的 config.json`],
  [/^(.+?): not JSON: line ([\d,]+): .*$/, (file, line) => `${file}：不是 JSON，第 ${line} 行读不下去；要整个文件`],
  [/^(.+?): is empty; .*$/, (file) => `${file}：是空的；贴上 config.json 的全文`],
  [/^(.+?): a LoRA adapter.*$/, (file) => `${file}：这是 LoRA 适配器；要它的底座模型`],
  [/^(.+?): the part of a model that sees or hears \(mmproj\); .*$/, (file) => `${file}：这是看图听声的部分（mmproj）；要文本模型的文件`],
  [/^(.+?): one of (\d+) parts; put the others beside it: (.+)$/, (file, parts, lacking) => `${file}：是 ${parts} 片中的一片；把其余的一起选上：${listed(lacking)}`],
  [/^(.+?): not a whole GGUF file: .*$/, (file) => `${file}：GGUF 文件不完整，或者不是 GGUF；重新下载`],
  [/^(.+?): says something of another kind than a model's file does; .*$/, (file) => `${file}：里面有的值不是模型文件会写的；用原来发布的文件`],
  [/^(.+?): its weights are stored by (.+), in a way that is not known here; .*$/, (name, method) => `${name} 的权重用 ${method} 存放，这里还不认识；选一个大小相近的格式，例如 AWQ`],
];

const NAMES = { context: "上下文", sequences: "同时用的人数" };
const listed = (names) => names.split(", ").join("、");

const said = (line) => {
  for (const [pattern, say] of SAID) {
    const found = pattern.exec(line);
    if (found) return say(...found.slice(1));
  }
  return undefined;
};

/** The line in Chinese. */
export const inChinese = (line) => {
  const found = said(line);
  return found === undefined ? line : `${found}。`;
};
