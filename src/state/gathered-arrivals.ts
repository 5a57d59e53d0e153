import type { WorkerEvent } from '../protocol/events.ts';
import type { Port } from '../protocol/port.ts';

/**
 * A port on which the shards of a data set are heard of in groups, whenever `later` calls back: each has much of the page drawn
 * again, and on a quick network they come faster than a phone can draw. The first one and the last one do not wait; what else
 * comes is heard at once, after the shards before it.
 */
export function gatheredArrivals<Out>(
  port: Port<Out, WorkerEvent>,
  later: (callback: () => void) => void,
): Port<Out, WorkerEvent> {
  const listeners: ((event: { readonly data: WorkerEvent }) => void)[] = [];
  let waiting: WorkerEvent[] = [];
  let isDue = false;
  const deliver = () => {
    const events = waiting;
    waiting = [];
    for (const data of events) for (const listener of listeners) listener({ data });
  };
  port.addEventListener('message', ({ data }) => {
    waiting.push(data);
    if (!canWait(data)) return deliver();
    if (isDue) return;
    isDue = true;
    later(() => {
      isDue = false;
      deliver();
    });
  });
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer),
    addEventListener: (_, listener) => void listeners.push(listener),
  };
}

function canWait(event: WorkerEvent): boolean {
  if (event.type !== 'shardArrived') return false;
  const { shardsArrived, shardsTotal } = event.arrival;
  return shardsArrived > 1 && shardsArrived < shardsTotal;
}
