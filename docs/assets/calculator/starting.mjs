// What of a start is to be known is said in Chinese here: a line of sizing.launch by its pattern; others as they are.

const SAID = [
  // What a server cannot be told.
  [/^(\d+) sequences at once: it answers one after another$/, (count) => `同时 ${count} 个请求：它一个一个地答`],
  [/^(\d+) sequences at once: with a quantized cache it answers one at a time$/, (count) => `同时 ${count} 个请求：缓存量化后它一次只答一个`],
  [/^a cache in (\S+): set it in the app, when it loads$/, (kind) => `${kind} 的缓存：在它的界面里载入模型时设`],
  [/^a cache in (\S+): Ollama has (.+)$/, (kind, kinds) => `${kind} 的缓存：Ollama 只有 ${listed(kinds)}`],
  [/^a cache in (\S+): it has the weights' type$/, (kind) => `${kind} 的缓存：它的缓存和权重同一精度`],
  [/^a micro-batch of (\d+) tokens$/, (count) => `每次算 ${count} 个 token`],
  [/^each device's share of the layers: Ollama shares them out by itself$/, () => "每张卡放几层：Ollama 自己分"],
  [/^every layer shared by the devices: Ollama gives each device whole layers$/, () => "每一层由几张卡分担：Ollama 给每张卡的都是整层"],
  [/^how the devices share the layers: set it in the app, under Hardware$/, () => "几张卡怎么分层：在它的界面里 Hardware 一页设"],
  [/^experts of (\d+) layers on the host: Ollama moves whole layers there, .+$/, (count) => `${count} 层的专家放在内存里：Ollama 只能把整层放过去，会慢一些；这里的层数是估计`],
  [/^experts of (\d+) layers on the host: set it in the app, when it loads$/, (count) => `${count} 层的专家放在内存里：在它的界面里载入模型时设`],
  [/^slots that share one cache: Ollama gives each its own$/, () => "几个并行槽共用一份缓存：Ollama 各给一份"],
  [/^windows that hold the whole context$/, () => "滑动窗口存整段上下文"],
  [/^without what sees: (.+) loads that where its model has it$/, (server) => `不载入视觉部分：${server} 的模型里有就会载入`],
  [/^experts of (\d+) layers on the host: it keeps (\d+) of (\d+) of every layer on the device, as many in all$/, (count, kept, all) => `${count} 层的专家放在内存里：它在每一层都留 ${all} 个里的 ${kept} 个在卡上，总数一样`],
  [/^the layers that draft \(MTP\)$/, () => "起草 token 的层（MTP）"],
  [/^the adapters that the plan counts: their files are to be added$/, () => "这里算进去的 LoRA：要补上它的文件"],
  [/^the draft model that the plan counts: it is to be added$/, () => "这里算进去的草稿模型：要补上"],
  [/^what drafts: add (--speculative-(?:config|algorithm))$/, (word) => `推测解码：补上 ${word}`],
  [/^shares of unequal ranks: every rank has the same here$/, () => "各卡不等的份额：它给每张卡一样多"],
  // What must be known before.
  [/^it fits only without the margin that a runtime keeps: nothing else may use the device$/, () => "只有不留余量才放得下：显卡上别再开别的程序"],
  [/^(\d+) tokens are more than the model was made for: (\d+)$/, (asked, limit) => `${asked} 个 token 超过了模型的上限 ${limit}`],
  [/^shares are of the devices in this order: (.+); check that the server sees it$/, (devices) => `份额按这个顺序：${listed(devices)}；看一下程序认到的顺序是不是一样`],
  [/^whether (\S+) holds (\S+) is not in the catalog; the download tells$/, (repository, recipe) => `${repository} 里有没有 ${recipe}，目录里没有记；下载时就知道`],
  [/^no repository of GGUF files of (.+) is known; the file is made of (\S+)$/, (model, makers) => `没有收录 ${model} 的 GGUF 仓库；由 ${makers} 转换`],
  [/^no repository of (.+) in (\S+) is known; the weights are made of (\S+)$/, (model, format, makers) => `没有收录 ${model} 的 ${format} 仓库；由 ${makers} 转换`],
  [/^no repository of (.+) in (\S+) is known; (\S+) is quantized as it is loaded$/, (model, format, makers) => `没有收录 ${model} 的 ${format} 仓库；载入 ${makers} 时量化`],
  [/^no repository on ModelScope of (.+) in (\S+) \(.+\) is known; .+$/, (model, format) => `魔搭上没有收录 ${model} 的 ${format} 仓库；把 MODEL 换成它的名字或路径`],
  [/^no repository of (.+) in (\S+) \(.+\) is known; .+$/, (model, format) => `没有收录 ${model} 的 ${format} 仓库；把 MODEL 换成它的名字或路径`],
  [/^ggml-rpc-server is a proof of concept .+$/, () => "ggml-rpc-server 还是试验性的，没有密码也不加密：只在别人连不到的网络里用，绝不要放到公网上"],
  [/^every node has the weights at the same path, .+$/, () => "每台机器上权重的路径和软件版本都要一样；其余命令在第一台上执行"],
  [/^every Mac has the weights and mlx-lm at the same path, .+$/, () => "每台 Mac 上权重和 mlx-lm 的路径都要一样，并且这台能用 SSH 密钥登录它们"],
  [/^Ray's ports, (\d+) among them, are for nobody else: .+$/, (port) => `Ray 的端口（包括 ${port}）不能让别人连到：连得上的人什么都能运行`],
  [/^(.+) refuses (\d+) ranks for (\d+) heads: use a number of cards that divides them$/, (server, ranks, heads) => `${heads} 个注意力头分不到 ${ranks} 张卡，${server} 会拒绝：卡数要能整除它`],
  [/^ExLlamaV2 is in TabbyAPI's branch exl2-checkpoint alone$/, () => "ExLlamaV2 只在 TabbyAPI 的 exl2-checkpoint 分支里"],
  [/^the processor computes experts in (\S+), for which it needs (\S+)$/, (method, vectors) => `专家由 CPU 按 ${method} 计算，CPU 要支持 ${vectors}`],
  [/^(.+) does not run on Windows itself: .+$/, (server) => `${server} 不能直接在 Windows 上运行：下面是 WSL 或 Linux 里的命令`],
  // What a step is about.
  [/^answers at (\S+)$/, (where) => `在 ${where} 应答`],
  [/^answers at (\S+) as (\S+); lms ls tells what it calls the model$/, (where, name) => `在 ${where} 应答，名字是 ${name}；lms ls 会列出模型的叫法`],
  [/^on Linux: (pip install '.+'); answers at (\S+)$/, (command, where) => `在 Linux 上先 ${command}；在 ${where} 应答`],
  [/^ik_llama\.cpp's own; answers at (\S+)$/, (where) => `ik_llama.cpp 自己的；在 ${where} 应答`],
  [/^in TabbyAPI's folder; answers at (\S+), with the key of its api_tokens\.yml$/, (where) => `在 TabbyAPI 的目录里；在 ${where} 应答，密钥在它的 api_tokens.yml 里`],
  [/^in TabbyAPI's folder, whose models\/ has the weights$/, () => "放在 TabbyAPI 的目录里，权重在它的 models/ 下"],
  [/^built with -DGGML_RPC=ON, of the same version$/, () => "编译时加 -DGGML_RPC=ON，版本要一样"],
  [/^downloads what is not here yet$/, () => "还没有的会下载"],
  [/^instead of the start above$/, () => "代替上面的启动命令"],
  [/^with the Modelfile above$/, () => "用上面的 Modelfile"],
  [/^stop an Ollama that runs already; leave this one running$/, () => "已经开着的 Ollama 先停掉；这一个要一直开着"],
  [/^macOS 14 and later; it holds until the next restart$/, () => "macOS 14 及以后；重启后失效"],
  [/^from a checkout of llama\.cpp, with its .+$/, () => "在 llama.cpp 的源码目录旁执行，先装好 requirements/requirements-convert_hf_to_gguf.txt"],
  [/^from a checkout of (\S+)$/, (project) => `在 ${project} 的源码目录旁执行`],
  [/^this recipe asks for --imatrix FILE, which llama-imatrix makes$/, () => "这种量化要 --imatrix 文件，由 llama-imatrix 生成"],
  [/^pip install -U huggingface_hub; a gated model asks for hf auth login$/, () => "先 pip install -U huggingface_hub；要授权的模型先 hf auth login"],
  [/^pip install modelscope$/, () => "先 pip install modelscope"],
  [/^pip install ray on every node$/, () => "每台机器先 pip install ray"],
];

const listed = (names) => names.split(", ").join("、");

/** The line in Chinese. */
export const startInChinese = (line) => {
  for (const [pattern, say] of SAID) {
    const found = pattern.exec(line);
    if (found) return say(...found.slice(1));
  }
  return line;
};
