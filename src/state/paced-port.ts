import type { Port } from '../protocol/port.ts';

/** When the page has time for what comes next. */
export interface Pace {
  /** Calls back once, when the next frame is due. */
  nextFrame(callback: () => void): void;
  /** Whether the page draws no frames. */
  isHidden(): boolean;
}

/**
 * A port of which the page hears at most once a frame: what comes in sooner waits for the next one, and then all of it comes in one
 * go and in order, so that it is drawn once. Epochs of a few milliseconds would otherwise each be drawn, and the page would fall
 * behind. The first message after a frame does not wait, and while the page is hidden none does.
 */
export function pacedPort<Out, In>(port: Port<Out, In>, pace: Pace): Port<Out, In> {
  const listeners: ((event: { readonly data: In }) => void)[] = [];
  let waiting: { readonly data: In }[] = [];
  let isFrameDue = false;
  const deliver = () => {
    const events = waiting;
    waiting = [];
    for (const event of events) for (const listener of listeners) listener(event);
  };
  const onFrame = () => {
    isFrameDue = waiting.length > 0;
    if (!isFrameDue) return;
    pace.nextFrame(onFrame);
    deliver();
  };
  port.addEventListener('message', ({ data }) => {
    waiting.push({ data });
    if (isFrameDue && !pace.isHidden()) return;
    if (!isFrameDue) pace.nextFrame(onFrame);
    isFrameDue = true;
    deliver();
  });
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer),
    addEventListener: (_, listener) => void listeners.push(listener),
  };
}
