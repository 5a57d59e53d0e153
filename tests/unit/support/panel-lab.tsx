import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { Judgement } from '../../../src/core/evaluation/evaluation.ts';
import type { BackendReport } from '../../../src/core/training/backend.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import type { TrainingSpeed } from '../../../src/core/training/training-speed.ts';
import { LabContext } from '../../../src/features/lab.tsx';
import type { Command } from '../../../src/protocol/commands.ts';
import type { RunPhase, WorkerEvent } from '../../../src/protocol/events.ts';
import type { Ask, TrainedNetwork } from '../../../src/protocol/requests.ts';
import type { Lab } from '../../../src/state/lab.ts';
import { evaluationOf } from '../core/support/evaluation.ts';
import { FASHION_SOURCE, FakeWorker } from '../state/fake-worker.ts';

/** A lab for tests of panels, with a worker that says what a test lets it say. Ciutacu's network, ten steps an epoch. */
export class PanelLab {
  readonly lab: Lab;
  readonly #worker = new FakeWorker();
  #shards = 0;
  #images = 0;
  #steps = 0;

  constructor() {
    this.lab = this.#worker.lab();
  }

  /** What the page told the worker, in order. */
  get sent(): readonly Command[] {
    return this.#worker.sent;
  }

  /** Shows a part of the page. */
  show(part: ReactNode): void {
    render(<LabContext value={this.lab}>{part}</LabContext>);
  }

  /** The types of the commands since the worker and its data set were opened. */
  get commands(): readonly string[] {
    return this.sent.slice(2).map(({ type }) => type);
  }

  say(event: WorkerEvent): void {
    act(() => this.#worker.say(event));
  }

  /** The worker dies. */
  die(message: string): void {
    act(() => this.#worker.die(message));
  }

  /** The device is open. */
  open(report: Partial<BackendReport> = {}): void {
    this.say({ type: 'opened', report: { backend: 'wasm', device: '4 threads', fallback: null, ...report } });
  }

  /** Another shard of training images is here. */
  arrive(images = 1000): void {
    const labels = Uint8Array.from({ length: images }, (_, i) => i % 10);
    const preview = new Uint8Array(784 * Math.min(20, labels.length));
    const arrival = { split: 'train', first: this.#images, labels, preview, shardsTotal: 70 } as const;
    this.#images += images;
    this.#shards++;
    this.say({
      type: 'shardArrived',
      baseUrl: FASHION_SOURCE.baseUrl,
      arrival: { ...arrival, shardsArrived: this.#shards },
    });
  }

  /** The device is open and the first shard is here. */
  ready(): void {
    this.open();
    this.arrive();
  }

  /** The draft is trained, as by a press on Train. */
  startRun(): void {
    act(() => this.lab.runs.advance('run'));
  }

  /** The run goes into another phase. */
  phase(run: number, phase: RunPhase): void {
    if (phase === 'compiling') this.#steps = 0;
    this.say({ type: 'phaseChanged', run, phase, step: this.#steps, stepsPerEpoch: 10 });
  }

  /** The run takes some steps, 640 images a second. */
  steps(run: number, count: number): void {
    const [losses, accuracies] = [new Float32Array(count).fill(0.5), new Float32Array(count).fill(0.75)];
    const metrics = { firstStep: this.#steps, losses, accuracies };
    this.#steps += count;
    this.say({ type: 'progressed', run, metrics, imagesPerSecond: 640, memory: { tensors: 0, bytes: 0 } });
  }

  /** An epoch of a run ends. */
  epoch(run: number, epoch: number, { loss, accuracy }: Judgement): void {
    const validation = { ...evaluationOf([[3, 3, 0.75]]), set: 'validation', loss, accuracy } as const;
    const trainSample = { loss: loss / 2, accuracy: 1 };
    this.say({ type: 'epochEnded', run, report: { epoch, step: 10 * epoch, trainSample, validation } });
  }

  /** The run does what the other methods say, from its first step to its end after so many epochs. */
  finish(run: number, epochs = 1, judgement: Judgement = { loss: 0.25, accuracy: 0.9 }): void {
    this.phase(run, 'compiling');
    this.phase(run, 'training');
    for (let epoch = 1; epoch <= epochs; epoch++) {
      this.steps(run, 10);
      this.epoch(run, epoch, judgement);
    }
    this.phase(run, 'finished');
  }

  /** The test result of a run comes. */
  tested(run: number): void {
    this.say({ type: 'evaluated', run, evaluation: evaluationOf([[3, 3, 0.75]]) });
  }

  /** The pixels of each question about the drawing, in order. */
  get drawings(): readonly Uint8Array[] {
    return this.#worker.asks('predict').map(({ question }) => question.pixels);
  }

  /** How often the images nearest to the drawing were asked for. */
  get searches(): number {
    return this.#worker.asks('pixelNeighbours').length;
  }

  /** The worker answers the newest question about the drawing. */
  async predict(run: number | 'shipped', step: number, shares: Readonly<Record<number, number>>): Promise<void> {
    const probabilities = Float32Array.from({ length: 10 }, (_, label) => shares[label] ?? 0);
    const answer = { run, step, testAccuracy: run === 'shipped' ? 0.918 : null, probabilities };
    const ask = this.#worker.asks('predict').at(-1);
    if (ask === undefined) throw new Error('Nobody asked about a drawing.');
    await act(async () => this.#worker.say({ type: 'answered', request: ask.request, name: ask.name, answer }));
  }

  /** The worker says how fast it trains, once it is asked about a batch size. */
  async answerSpeed(batchSize: number, speed: TrainingSpeed): Promise<void> {
    const ask = await this.#askForSpeed((recipe) => recipe.batchSize === batchSize);
    await act(() => this.#worker.answer(ask, speed));
  }

  /** The range test of the learning rate has ended with these losses. */
  async answerRates(losses: readonly number[]): Promise<void> {
    const ask = this.#worker.asks('learningRateRange').at(-1);
    if (ask === undefined) throw new Error('Nobody asked for the test.');
    await act(() => this.#worker.answer(ask, losses));
  }

  /** How many questions nobody waits for any more. */
  get cancelled(): number {
    return this.#worker.sent.filter(({ type }) => type === 'cancel').length;
  }

  /** The worker has fetched a network that comes with the app, or could not. */
  async answerShipped(trained: TrainedNetwork | null): Promise<void> {
    const ask = this.#worker.asks('shippedNetwork').at(-1);
    if (ask === undefined) throw new Error('Nobody asked for the network.');
    await act(() => this.#worker.answer(ask, trained));
  }

  /** The worker cannot say how fast it trains. */
  async refuseSpeed(): Promise<void> {
    const ask = await this.#askForSpeed(() => true);
    await act(() => this.#worker.refuse(ask, 'RangeError', 'There is no memory left.'));
  }

  #askForSpeed(isMeant: (recipe: Recipe) => boolean): Promise<Ask<'trainingSpeed'>> {
    return waitFor(() => {
      const ask = this.#worker.asks('trainingSpeed').find(({ question }) => isMeant(question.recipe));
      if (ask === undefined) throw new Error('Nobody asked for the speed.');
      return ask;
    });
  }
}

/** Chooses an option of a select by what it says. */
export function choose(label: string, option: string): void {
  const select = screen.getByLabelText(label);
  fireEvent.change(select, {
    target: { value: within(select).getByRole<HTMLOptionElement>('option', { name: option }).value },
  });
}

/** Types into a field, and confirms it. */
export function type(label: string, value: string): void {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key: 'Enter' });
}

/** Presses a button. */
export function press(name: string | RegExp): void {
  fireEvent.click(screen.getByRole('button', { name }));
}
