// How does a page stay awake between two long pieces of work? It draws and listens; all is slow the first time that it runs.
export const breathe = () => new Promise((done) => { setTimeout(done); });
