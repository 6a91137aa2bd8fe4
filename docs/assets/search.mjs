// The search knows Latin and Chinese words apart only where a space is between them: KV缓存 is asked as KV 缓存.
const LATIN_THEN_HAN = /([\p{sc=Latin}\d])(?=\p{sc=Han})/gu;
const HAN_THEN_LATIN = /(\p{sc=Han})(?=[\p{sc=Latin}\d])/gu;

addEventListener(
  "input",
  ({ target, isComposing }) => {
    if (isComposing || target.name !== "query") return;
    const spaced = target.value.replace(LATIN_THEN_HAN, "$1 ").replace(HAN_THEN_LATIN, "$1 ");
    if (spaced !== target.value) target.value = spaced;
  },
  { capture: true },
);
