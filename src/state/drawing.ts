import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WorkerEvent } from '../protocol/events.ts';
import type { PredictedAnswer } from '../protocol/requests.ts';
import type { AskWorker } from './requests.ts';

/** The drawing as the network sees it, and the answer to it. */
export interface Drawing {
  /** As the data set stores a sample; null while the pad is empty. */
  readonly pixels: Uint8Array<ArrayBuffer> | null;
  /** Its probabilities are [classes]. Null while there is no drawing, no network, or no answer yet. */
  readonly answer: PredictedAnswer | null;
}

/** The drawing with its answer, which is kept up to date. */
export interface DrawingControl {
  readonly store: StoreApi<Drawing>;
  /** As of the questions. */
  show(pixels: Uint8Array<ArrayBuffer> | null): void;
  /** Asks about the drawing anew; nothing where it is empty. */
  refresh(): void;
  /** Asks anew where the network has learned. */
  receive(event: WorkerEvent): void;
}

/** Keeps one request about the drawing under way: while it is, only the newest drawing waits, or the same one for a newer answer. */
export function createDrawing(ask: AskWorker, reportRefusal: (error: unknown) => void): DrawingControl {
  const store = createStore<Drawing>(() => ({ pixels: null, answer: null }));
  let asked: Uint8Array | null = null;
  /** Whether the network has changed since the request under way was made. */
  let hasLearned = false;
  const take = (answer: PredictedAnswer | null) => {
    const { pixels } = store.getState();
    const isOutdated = asked !== pixels || hasLearned;
    asked = null;
    if (pixels !== null) store.setState({ answer });
    if (isOutdated) refresh();
  };
  const refresh = () => {
    const { pixels } = store.getState();
    if (pixels === null || asked !== null) return;
    asked = pixels;
    hasLearned = false;
    ask('predict', { pixels }).then(take, (error) => {
      asked = null;
      reportRefusal(error);
    });
  };
  return {
    store,
    refresh,
    show(pixels) {
      store.setState((state) => ({ pixels, answer: pixels === null ? null : state.answer }));
      refresh();
    },
    receive(event) {
      if (event.type === 'epochEnded' || event.type === 'phaseChanged') {
        hasLearned = true;
        refresh();
      }
      // A run's first steps take over from the network that ships with the app.
      if (event.type === 'progressed' && store.getState().answer?.run !== event.run) refresh();
    },
  };
}
