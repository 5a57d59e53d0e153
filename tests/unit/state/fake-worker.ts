import { presetsFor } from '../../../src/datasets/catalogue.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Command, DatasetSource } from '../../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../../src/protocol/events.ts';
import type { Port } from '../../../src/protocol/port.ts';
import type { AnswerOf, Ask, RequestName } from '../../../src/protocol/requests.ts';
import { type Draft, draftOf } from '../../../src/state/draft.ts';
import { createLab, type Lab, type LabOptions } from '../../../src/state/lab.ts';
import { createStorageControl } from '../../../src/state/storage.ts';
import type { TrainingWorker } from '../../../src/state/training-worker.ts';
import { settled } from '../support/turns.ts';

/** Where the first data set of a test is. */
export const FASHION_SOURCE: DatasetSource = {
  baseUrl: 'http://localhost/data/',
  expected: FASHION_MNIST,
  pretrainedUrl: 'http://localhost/pretrained/ciutacu.json',
};

/** The page's end of a channel without a worker at the other: a test says what the worker would. */
export class FakeWorker {
  /** Commands in the order in which they came; tests may empty it. */
  readonly sent: Command[] = [];
  /** Called with each command, to answer it at once. */
  onCommand: (command: Command) => void = () => undefined;
  readonly #listeners: ((event: { readonly data: WorkerEvent }) => void)[] = [];

  readonly port: Port<Command, WorkerEvent> = {
    postMessage: (command) => {
      this.sent.push(command);
      this.onCommand(command);
    },
    addEventListener: (_type, listener) => void this.#listeners.push(listener),
  };

  readonly #deaths: ((message: string | null) => void)[] = [];
  /** How many workers were ended. */
  ended = 0;

  /** Another worker behind the same channel. */
  start(): TrainingWorker {
    return {
      port: { ...this.port },
      onDeath: (listener) => void this.#deaths.push(listener),
      terminate: () => void this.ended++,
    };
  }

  /** The worker dies of an error; null where its script did not come. */
  die(message: string | null): void {
    for (const listener of [...this.#deaths]) listener(message);
  }

  /** A lab that stands on this worker. */
  lab(initialDraft: Draft = draftOf(ciutacuCnn, 42), places: Partial<LabOptions> = {}): Lab {
    return createLab({
      startWorker: () => this.start(),
      initialDraft,
      sources: [FASHION_SOURCE],
      draftFor: (dataset) => draftOf(presetsFor(dataset)[0], 42),
      backend: 'auto',
      storage: createStorageControl(),
      ...places,
    });
  }

  say(event: WorkerEvent): void {
    // A worker that is started meanwhile does not hear of it.
    for (const listener of [...this.#listeners]) listener({ data: event });
  }

  /** It has come to stand still in a run, and copies what that goes on from. */
  sayPaused(run: number, step: number): void {
    const at = { run, step, stepsPerEpoch: 10 };
    this.say({ type: 'phaseChanged', ...at, phase: 'paused', checkpointFollows: true });
  }

  /** The requests of this name that were made, in order. */
  asks<Name extends RequestName>(name: Name): Ask<Name>[] {
    return this.sent.filter((command): command is Ask<Name> => isAsk(command, name));
  }

  /** Answers a request; the page has it when this resolves. */
  async answer<Name extends RequestName>(ask: Ask<Name> | undefined, answer: AnswerOf<Name>): Promise<void> {
    if (ask === undefined) throw new Error('Nobody asked.');
    this.say({ type: 'answered', request: ask.request, name: ask.name, answer });
    await settled();
  }

  async refuse(ask: Ask | undefined, name: string, message: string): Promise<void> {
    if (ask === undefined) throw new Error('Nobody asked.');
    this.say({ type: 'refused', request: ask.request, error: { name, message, stack: null } });
    await settled();
  }
}

/** Whether a command is a request of this name. */
export function isAsk<Name extends RequestName>(command: Command, name: Name): command is Ask<Name> {
  return command.type === 'ask' && command.name === name;
}
