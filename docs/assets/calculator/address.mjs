// How does a page follow the address bar, and the bar the page? A link reproduces what is asked, and going back does too.
const SETTLED = 400; // ms without a change until the address is written

/**
 * ``read(search)`` is told of every address that the reader goes to; ``address()`` gives the part that asks the page's
 * question, which is written once that has settled; ``settled()`` is told then.
 */
export const followed = ({ read, address, settled }) => {
  let waiting;
  const went = () => read(location.search);
  addEventListener("popstate", went);
  const write = () => {
    history.replaceState(history.state, "", location.pathname + address());
    settled?.();
  };
  return {
    changed: () => {
      clearTimeout(waiting);
      waiting = setTimeout(write, SETTLED);
    },
    stop: () => {
      removeEventListener("popstate", went);
      clearTimeout(waiting);
    },
  };
};

/** The whole address with which somebody else sees the same. */
export const linkTo = (address) => location.origin + location.pathname + address;
