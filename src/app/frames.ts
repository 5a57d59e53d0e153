import type { Pace } from '../state/paced-port.ts';

/** Milliseconds after which a frame counts as due though none was drawn, as in a window that others cover. */
const OVERDUE = 200;

/** The frames of this page. */
export const FRAMES: Pace = {
  nextFrame(callback) {
    const once = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      callback();
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, OVERDUE);
  },
  isHidden: () => document.hidden,
};
