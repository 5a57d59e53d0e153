import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Network } from '../../src/core/network/network.ts';
import { createLayer } from '../../src/core/network/network.ts';
import { OPTIMIZERS } from '../../src/core/training/optimizers/registry.ts';
import type { Recipe } from '../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { yieldToMessages } from '../../src/engine/yield.ts';
import type { Command } from '../../src/protocol/commands.ts';
import type { WorkerEvent } from '../../src/protocol/events.ts';
import { serve } from '../../src/worker/handler.ts';
import { DATA_URL, RECIPE } from './support/training.ts';

type EventOf<Type extends WorkerEvent['type']> = Extract<WorkerEvent, { type: Type }>;

const NETWORK: Network = {
  layers: [
    createLayer('flatten', 'flatten'),
    createLayer('dense', 'hidden', { units: 128 }),
    createLayer('dense', 'output', { units: 10, activation: 'softmax' }),
  ],
};

/** The page's end of a channel, with the worker's handler and a real engine at the other. */
class Page {
  readonly events: WorkerEvent[] = [];
  readonly #channel = new MessageChannel();
  #look = () => {};

  constructor() {
    const { port1, port2 } = this.#channel;
    port2.start();
    serve(port2, createEngine(), yieldToMessages);
    port1.onmessage = ({ data }) => {
      this.events.push(data);
      this.#look();
    };
    this.send({
      type: 'openDataset',
      source: { baseUrl: DATA_URL, expected: FASHION_MNIST, pretrainedUrl: null },
    });
    this.send({ type: 'open', backend: 'webgl' });
    this.send({ type: 'openDataset', source: { baseUrl: DATA_URL, expected: FASHION_MNIST, pretrainedUrl: null } });
  }

  send(command: Command): void {
    this.#channel.port1.postMessage(command);
  }

  train(run: number, change: Partial<Recipe>): void {
    this.send({
      type: 'train',
      run,
      dataset: FASHION_MNIST,
      network: NETWORK,
      recipe: { ...RECIPE, ...change },
      advance: 'run',
    });
  }

  all<Type extends WorkerEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  losses(run: number): number[] {
    return this.all('progressed').flatMap((event) => (event.run === run ? [...event.metrics.losses] : []));
  }

  /** Resolves when `condition` holds, and rejects when the worker reports a failure. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#look = () => {
        const [failure] = this.all('failed');
        if (failure) reject(new Error(failure.error.message));
        else if (condition()) resolve();
      };
      this.#look();
    });
  }

  /** The run is measured on the test set last of all. */
  measured(run: number, times = 1): Promise<void> {
    return this.until(() => this.all('evaluated').filter((event) => event.run === run).length >= times);
  }

  close(run: number): void {
    this.send({ type: 'reset', run });
    this.#channel.port1.close();
  }
}

let page: Page;
beforeEach(() => {
  page = new Page();
});
afterEach(() => page.close(9));

test('early stopping ends a run that overfits, and leaves it with the weights of its best epoch', async () => {
  const earlyStopping = { patience: 2, restoreBest: true };
  page.train(1, { trainingImages: 500, batchSize: 32, epochs: 40, earlyStopping });
  await page.measured(1);
  const losses = page.all('epochEnded').map(({ report }) => report.validation?.loss ?? Number.NaN);
  const best = losses.indexOf(Math.min(...losses)) + 1;
  expect(losses).toHaveLength(best + 2);
  expect(page.all('stoppedEarly')[0]?.epoch).toBe(best + 2);
  expect(page.all('bestRestored')[0]?.epoch).toBe(best);
  page.send({ type: 'evaluate', run: 1, set: 'validation' });
  await page.measured(1, 2);
  expect(page.all('evaluated')[1]?.evaluation.loss).toBe(losses[best - 1]);
});

test('a rate that is changed while the network trains leaves the steps before as they are, and changes those after', async () => {
  page.train(1, { epochs: 3 });
  await page.measured(1);
  page.train(2, { epochs: 3 });
  await page.until(() => page.losses(2).length >= 20);
  page.send({ type: 'adjust', run: 2, values: { learningRate: 0.5 } });
  await page.measured(2);
  const [mark] = page.all('adjusted');
  const [plain, changed] = [page.losses(1), page.losses(2)];
  expect(plain).toHaveLength(96);
  const step = mark?.step ?? -1;
  // The loss of the first step that the change holds for was reached before it.
  expect(changed.slice(0, step + 1)).toEqual(plain.slice(0, step + 1));
  expect(Math.max(...changed.slice(step + 1))).toBeGreaterThan(3 * Math.max(...plain.slice(step + 1)));
});

test('a run that is paused resumes to the same curve', async () => {
  page.train(1, { epochs: 2 });
  await page.measured(1);
  page.train(2, { epochs: 2 });
  await page.until(() => page.losses(2).length >= 10);
  page.send({ type: 'pause', run: 2 });
  await page.until(() => page.all('phaseChanged').at(-1)?.phase === 'paused');
  expect(page.losses(2).length).toBeLessThan(64);
  page.send({ type: 'advance', run: 2, advance: 'run' });
  await page.measured(2);
  expect(page.losses(2)).toEqual(page.losses(1));
});

test('a run that is made longer trains on to the same curve as one that was as long from the start', async () => {
  page.train(1, { epochs: 3, optimizer: OPTIMIZERS.momentum.defaults });
  await page.measured(1);
  page.train(2, { epochs: 2, optimizer: OPTIMIZERS.momentum.defaults });
  await page.measured(2);
  page.send({ type: 'extend', run: 2, epochs: 3 });
  page.send({ type: 'advance', run: 2, advance: 'run' });
  await page.measured(2, 2);
  expect(page.losses(2)).toEqual(page.losses(1));
});

test('a new run goes on from the checkpoint of another to the same curve', async () => {
  page.train(1, { epochs: 2 });
  await page.measured(1);
  page.train(2, { epochs: 1 });
  await page.measured(2);
  const from = page.all('checkpointed').findLast(({ run }) => run === 2)?.checkpoint;
  if (from === undefined) throw new Error('Run 2 has no checkpoint.');
  expect(from.snapshot.step).toBe(32);
  page.send({
    type: 'train',
    run: 3,
    dataset: FASHION_MNIST,
    network: NETWORK,
    recipe: { ...RECIPE, epochs: 2 },
    advance: 'run',
    from: { ...from, course: { ...from.course, lengths: [2] } },
  });
  await page.measured(3);
  expect(page.losses(3)).toEqual(page.losses(1).slice(32));
});

test('a run that was made longer keeps its course when it goes on from a checkpoint', async () => {
  const recipe = { epochs: 2, schedule: { kind: 'cosine', finalShare: 0 } } as const;
  const trainLonger = async (run: number) => {
    page.train(run, recipe);
    await page.measured(run);
    page.send({ type: 'extend', run, epochs: 4 });
  };
  await trainLonger(1);
  page.send({ type: 'advance', run: 1, advance: 'run' });
  await page.measured(1, 2);
  await trainLonger(2);
  page.send({ type: 'advance', run: 2, advance: 'batch' });
  const checkpointOf = () => page.all('checkpointed').findLast(({ run }) => run === 2)?.checkpoint;
  await page.until(() => checkpointOf()?.snapshot.step === 65);
  const from = checkpointOf();
  if (from === undefined) throw new Error('Run 2 has no checkpoint.');
  const start = { type: 'train', dataset: FASHION_MNIST, network: NETWORK, advance: 'run', from } as const;
  page.send({ ...start, run: 3, recipe: { ...RECIPE, ...recipe, epochs: 4 } });
  await page.measured(3);
  expect(page.losses(3)).toEqual(page.losses(1).slice(65));
});
