/**
 * Watches, in the page, how far the training is and how its frames follow on each other. Put there before the page loads.
 *
 * @typedef {object} LongRunWatch
 * @property {() => void} start begins to watch, once the page is there
 * @property {(unit: 'step' | 'epoch' | 'run', mark: number) => Promise<void>} reach waits until so many steps, epochs or runs are done
 * @property {() => Stretch} take what was seen since it was last taken
 */
/**
 * @typedef {object} Stretch
 * @property {number} updates how often the page said something new about the training
 * @property {number[]} frames milliseconds from one frame to the next
 * @property {number[]} tasks milliseconds of each task of more than 50
 */

/** Runs in the browser by itself: what it uses must be inside it. */
export function installWatch() {
  const STATUS = '[aria-label="Training status"]';
  let updates = 0;
  /** @type {number[]} */
  let frames = [];
  /** @type {number[]} */
  let tasks = [];
  let last = performance.now();
  /** @type {(() => void)[]} */
  const waiting = [];
  const status = () => {
    const element = document.querySelector(STATUS);
    return element instanceof HTMLElement ? element.dataset : {};
  };
  const look = () => {
    for (const each of [...waiting]) each();
  };
  const frame = (/** @type {number} */ now) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
  });
  /** @type {(unit: 'step' | 'epoch' | 'run', mark: number) => boolean} */
  const isDone = (unit, mark) => {
    const { run = 0, step = 0, epoch = 0, state } = status();
    if (unit === 'run') return Number(run) >= mark && state === 'finished';
    return Number(unit === 'step' ? step : epoch) >= mark;
  };
  /** @type {LongRunWatch} */
  const watch = {
    start() {
      const element = document.querySelector(STATUS);
      if (element === null) throw new Error('The page does not say how far the training is.');
      new MutationObserver(() => {
        updates++;
        look();
      }).observe(element, { attributes: true });
    },
    reach: (unit, mark) =>
      new Promise((resolve) => {
        const ended = () => {
          if (!isDone(unit, mark)) return;
          waiting.splice(waiting.indexOf(ended), 1);
          resolve();
        };
        waiting.push(ended);
        ended();
      }),
    take() {
      const stretch = { updates, frames, tasks };
      [updates, frames, tasks] = [0, [], []];
      return stretch;
    },
  };
  Object.assign(window, { longRun: watch });
}
