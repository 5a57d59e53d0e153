/**
 * Times, in the page, how long a stroke takes to reach the bars. Put there before the page loads.
 *
 * @typedef {object} Latency
 * @property {() => void} start watches the pad and the bars, once both are there
 * @property {() => Promise<number>} next milliseconds from the newest touch of the pad until bars that changed after it
 * were painted
 * @property {() => Promise<number>} last the same for the last change, once the bars are at rest
 * @property {(milliseconds: number) => Promise<void>} rest waits until the bars have not changed for so many milliseconds
 */

/** Runs in the browser by itself: what it uses must be inside it. */
export function installLatency() {
  const times = { touched: 0, shown: 0 };
  /** @param {string} selector */
  const found = (selector) => {
    const element = document.querySelector(selector);
    if (element === null) throw new Error(`There is no ${selector} on the page.`);
    return element;
  };
  // What a frame paints is on the screen when the next task after it begins.
  const painted = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      times.shown = performance.now();
    };
    requestAnimationFrame(() => port2.postMessage(null));
  };
  /** @param {number} milliseconds */
  const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  /** @type {Latency} */
  const latency = {
    start() {
      const pad = found('[aria-label="Drawing pad"]');
      for (const type of ['pointerdown', 'pointermove']) {
        pad.addEventListener(type, ({ timeStamp }) => {
          times.touched = timeStamp;
        });
      }
      new MutationObserver(painted).observe(found('[aria-label="Prediction"]'), {
        subtree: true,
        attributes: true,
        characterData: true,
        childList: true,
      });
    },
    async next() {
      const giveUpAt = performance.now() + 30_000;
      while (times.shown <= times.touched) {
        if (performance.now() > giveUpAt) throw new Error('The bars did not change after a stroke.');
        await sleep(1);
      }
      return times.shown - times.touched;
    },
    async last() {
      await latency.next();
      await latency.rest(300);
      return times.shown - times.touched;
    },
    async rest(milliseconds) {
      const from = performance.now();
      while (performance.now() - Math.max(from, times.shown) < milliseconds) await sleep(10);
    },
  };
  Object.assign(window, { latency });
}
