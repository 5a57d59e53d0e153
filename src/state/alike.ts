import type { Alike } from '../core/explaining/alike.ts';
import type { Command } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import { Requests } from './requests.ts';

/** Who waits for an answer that takes long. */
export interface Watcher {
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Hears how many training images are through the network, of how many. */
  onProgress(done: number, total: number): void;
}

/** Asks the worker which training images a network finds alike, and matches its words with the questions. */
export function createAlikeQuestions(send: (command: Command) => void) {
  const requests = new Requests<Alike>();
  const watchers = new Map<number, Watcher>();
  const find = async (pixels: Uint8Array, k: number, watcher: Watcher): Promise<Alike | null> => {
    let stop = () => {};
    const answer = requests.ask((request) => {
      watchers.set(request, watcher);
      stop = () => {
        watchers.delete(request);
        send({ type: 'stopAlike', request });
      };
      send({ type: 'findAlike', request, pixels: Uint8Array.from(pixels), k });
    });
    watcher.signal.addEventListener('abort', stop, { once: true });
    const alike = await answer;
    watcher.signal.removeEventListener('abort', stop);
    return alike;
  };
  const receive = (event: WorkerEvent) => {
    if (event.type === 'alikeProgressed') watchers.get(event.request)?.onProgress(event.done, event.total);
    if (event.type === 'alikeFound') {
      watchers.delete(event.request);
      requests.answer(event.request, event.alike);
    }
    if (event.type === 'failed' && event.run === null) requests.giveUp();
  };
  return { find, receive };
}
