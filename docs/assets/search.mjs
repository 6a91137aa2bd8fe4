// How does the search here differ from the theme's? It loads when somebody searches, and finds what is written without spaces.

// The theme asks for the index of its search on every page at once. It weighs more than most pages: it waits for a search.
const INDEX = /\/search\/search_index\.json$/;
const sought = new Promise((begin) => {
  if (/[?&][qh]=/.test(location.search)) begin(); // an address that searches, or that marks what was found
  addEventListener("change", ({ target }) => { if (target.id === "__search") begin(); });
});
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = function (method, address, ...more) {
  if (INDEX.test(address)) this.send = (...body) => sought.then(() => XMLHttpRequest.prototype.send.apply(this, body));
  return open.call(this, method, address, ...more);
};

// It knows Latin and Chinese words apart only where a space is between them: KV缓存 is asked as KV 缓存.
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
