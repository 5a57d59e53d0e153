import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyEdit } from '../../../src/core/network/network.ts';
import type { Checkpoint } from '../../../src/core/training/checkpoint.ts';
import { settingsOf } from '../../../src/core/training/live-settings.ts';
import type { Recipe } from '../../../src/core/training/recipe.ts';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { FASHION_MNIST } from '../../../src/datasets/fashion-mnist/spec.ts';
import type { Advance } from '../../../src/protocol/commands.ts';
import { checkpointAt } from '../support/checkpoints.ts';
import { ServedWorker } from './served-worker.ts';

let worker: ServedWorker;

beforeEach(() => {
  worker = new ServedWorker();
});

afterEach(() => worker.close());

const RECIPE: Recipe = { ...ciutacuCnn.recipe, epochs: 6 };

const START = { type: 'train', dataset: FASHION_MNIST, network: ciutacuCnn.network, recipe: RECIPE } as const;

function train(change: Partial<Recipe> = {}, advance: Advance = 'run', from?: Checkpoint) {
  const recipe = { ...RECIPE, ...change };
  worker.send({ ...START, run: 1, recipe, advance, ...(from && { from }) });
}

const stand = (recipe: Partial<Recipe>, isTested: boolean) =>
  worker.send({
    type: 'train',
    run: 7,
    dataset: FASHION_MNIST,
    network: ciutacuCnn.network,
    recipe: { ...ciutacuCnn.recipe, ...recipe },
    advance: 'run',
    from: checkpointAt(20, { course: { settings: settingsOf(RECIPE), lengths: [2] } }),
    standing: { phase: 'finished', isTested },
  });

const checkpoints = () => worker.all('checkpointed').map(({ checkpoint }) => checkpoint);

const logOf = () => worker.engine.trainers[0]?.log ?? [];

describe('an adjustment', () => {
  test('is made between two steps and marked with the first step that it holds for', async () => {
    train();
    await worker.until(() => worker.losses(1).length >= 3);
    worker.send({ type: 'adjust', run: 1, values: { learningRate: 0.01, dropout: 0.5 } });
    await worker.phase('finished');
    const [mark, ...others] = worker.all('adjusted');
    expect(others).toEqual([]);
    expect(mark?.values).toEqual({ learningRate: 0.01, dropout: 0.5 });
    const log = logOf();
    const at = log.indexOf('adjust {"learningRate":0.01,"dropout":0.5}');
    expect(log[at - 1]).toBe(`step ${(mark?.step ?? 0) - 1}`);
    expect(log.slice(at + 1)).toContain(`step ${mark?.step}`);
  });

  test('of a paused run is made at once', async () => {
    train({}, 'batch');
    await worker.phase('paused');
    worker.send({ type: 'adjust', run: 1, values: { weightDecay: 0.1 } });
    await worker.until(() => worker.all('adjusted').length === 1);
    expect(worker.all('adjusted')[0]).toMatchObject({ run: 1, step: 1, values: { weightDecay: 0.1 } });
  });

  test('that comes while the network is being built waits for it', async () => {
    train({}, 'batch');
    worker.send({ type: 'adjust', run: 1, values: { learningRate: 0.5 } });
    await worker.phase('paused');
    expect(logOf()[0]).toBe('adjust {"learningRate":0.5}');
    expect(worker.all('adjusted')[0]?.step).toBe(0);
  });

  test('out of range is refused with the sentence of its field, and the run goes on', async () => {
    train({}, 'batch');
    await worker.phase('paused');
    worker.send({ type: 'adjust', run: 1, values: { learningRate: 100 } });
    await worker.until(() => worker.all('failed').length === 1);
    expect(worker.all('failed')[0]).toMatchObject({
      run: null,
      error: { message: 'Learning rate must be at most 10.' },
    });
    worker.send({ type: 'advance', run: 1, advance: 'run' });
    await worker.phase('finished');
    expect(worker.all('adjusted')).toEqual([]);
  });

  test('of the learning rate is what a diverged run blames', async () => {
    worker.engine.brokenStep = 12;
    train({}, 'batch');
    await worker.phase('paused');
    worker.send({ type: 'adjust', run: 1, values: { learningRate: 5 } });
    worker.send({ type: 'advance', run: 1, advance: 'run' });
    await worker.until(() => worker.all('failed').length === 1);
    expect(worker.all('failed')[0]?.error.message).toContain('The learning rate 5 is too high');
  });
});

describe('early stopping', () => {
  const losses = [0.9, 0.5, 0.6, 0.7, 0.4, 0.3];

  test('ends the run when the patience is over, with the weights of the best epoch, and then measures', async () => {
    worker.engine.validationLosses = losses;
    train({ earlyStopping: { patience: 2, restoreBest: true } });
    await worker.until(() => worker.all('evaluated').length === 1);
    expect(worker.all('epochEnded').map(({ report }) => report.epoch)).toEqual([1, 2, 3, 4]);
    expect(worker.all('stoppedEarly')).toEqual([{ type: 'stoppedEarly', run: 1, epoch: 4 }]);
    expect(worker.all('bestRestored')).toEqual([{ type: 'bestRestored', run: 1, epoch: 2 }]);
    expect(worker.all('phaseChanged').at(-1)).toMatchObject({ phase: 'finished', step: 40 });
    const log = logOf();
    expect(log.filter((entry) => entry.startsWith('snapshot'))).toEqual([
      // One is the checkpoint after the first epoch.
      'snapshot 10',
      'snapshot 10',
      'snapshot 20',
      'snapshot 40',
    ]);
    expect(log.slice(log.indexOf('restore 20'))).toEqual([
      'restore 20',
      'snapshot 40',
      'evaluate test',
      'evaluated test',
    ]);
  });

  test('with more patience lets the run find a better epoch', async () => {
    worker.engine.validationLosses = losses;
    train({ earlyStopping: { patience: 3, restoreBest: true } });
    await worker.phase('finished');
    expect(worker.all('epochEnded')).toHaveLength(6);
    expect(worker.all('stoppedEarly')).toEqual([]);
    expect(worker.all('bestRestored')).toEqual([]);
  });

  test('without restoring keeps the last weights and keeps none before', async () => {
    worker.engine.validationLosses = losses;
    train({ earlyStopping: { patience: 2, restoreBest: false } });
    await worker.phase('finished');
    expect(worker.all('stoppedEarly')).toHaveLength(1);
    expect(worker.all('bestRestored')).toEqual([]);
    const moves = logOf().filter((entry) => entry.startsWith('snapshot') || entry.startsWith('restore'));
    // The checkpoint after the first epoch, and the last one.
    expect(moves).toEqual(['snapshot 10', `snapshot ${worker.engine.trainers[0]?.step}`]);
  });

  test('restores the best epoch of a run that came to its last one, too', async () => {
    worker.engine.validationLosses = [0.5, 0.4, 0.6];
    train({ epochs: 3, earlyStopping: { patience: 5, restoreBest: true } });
    await worker.phase('finished');
    expect(worker.all('stoppedEarly')).toEqual([]);
    expect(worker.all('bestRestored')[0]?.epoch).toBe(2);
  });
});

describe('a longer run', () => {
  test('goes on after its end for the epochs that were added', async () => {
    train({ epochs: 2 });
    await worker.phase('finished');
    worker.send({ type: 'extend', run: 1, epochs: 3 });
    worker.send({ type: 'advance', run: 1, advance: 'run' });
    await worker.phase('finished', 2);
    expect(worker.all('extended')).toEqual([{ type: 'extended', run: 1, epochs: 3 }]);
    expect(worker.all('epochEnded').map(({ report }) => [report.epoch, report.step])).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect(logOf()).toContain('extend 3');
  });

  test('may be made longer before it ends', async () => {
    train({ epochs: 2 });
    worker.send({ type: 'extend', run: 1, epochs: 4 });
    await worker.phase('finished');
    expect(worker.all('epochEnded')).toHaveLength(4);
  });

  test('goes on after it was stopped early, and may stop again', async () => {
    worker.engine.validationLosses = [0.5, 0.6, 0.7, 0.8];
    train({ earlyStopping: { patience: 1, restoreBest: false } });
    await worker.phase('finished');
    worker.send({ type: 'extend', run: 1, epochs: 8 });
    worker.send({ type: 'advance', run: 1, advance: 'run' });
    await worker.phase('finished', 2);
    expect(worker.all('stoppedEarly').map(({ epoch }) => epoch)).toEqual([2, 4]);
  });

  test('is not shorter', async () => {
    train({ epochs: 5 }, 'batch');
    await worker.phase('paused');
    worker.send({ type: 'extend', run: 1, epochs: 5 });
    await worker.until(() => worker.all('failed').length === 1);
    expect(worker.all('failed')[0]?.error.message).toBe('Epochs must be at least 6.');
  });
});

describe('a checkpoint', () => {
  test('is given away when a run comes to stand still, after the steps that led to it', async () => {
    train({}, 'batch');
    await worker.until(() => checkpoints().length === 1);
    expect(checkpoints()).toMatchObject([
      { snapshot: { step: 1, weights: [Float32Array.of(1)] }, judgedEpochs: 0, course: { lengths: [6] } },
    ]);
    expect(worker.events.map(({ type }) => type)).toEqual([
      'phaseChanged',
      'phaseChanged',
      'progressed',
      'phaseChanged',
      'checkpointed',
    ]);
  });

  test('is given away when another run takes the place of one that trains', async () => {
    train();
    await worker.until(() => worker.losses(1).length >= 3);
    worker.send({ ...START, run: 2, advance: 'batch' });
    await worker.until(() => worker.all('phaseChanged').some(({ run }) => run === 2));
    const { snapshot } = checkpoints().at(-1) ?? {};
    expect(snapshot?.step).toBe(worker.losses(1).length);
    expect(worker.engine.trainers[0]?.disposed).toBe(true);
  });

  test('holds what was changed, and the length, which a run that goes on from it follows', async () => {
    train({ epochs: 2 }, 'batch');
    await worker.phase('paused');
    worker.send({ type: 'adjust', run: 1, values: { learningRate: 0.5 } });
    worker.send({ type: 'extend', run: 1, epochs: 4 });
    await worker.until(() => checkpoints().length === 3);
    const from = checkpoints().at(-1);
    expect(from?.course).toMatchObject({ settings: { learningRate: 0.5 }, lengths: [2, 4] });
    train({ epochs: 4 }, 'batch', from);
    await worker.phase('paused', 2);
    expect(worker.engine.trainers[1]?.log.slice(0, 2)).toEqual(['restore 1', 'follow 2,4']);
    expect(worker.engine.trainers[1]?.course).toEqual(from?.course);
  });

  test('holds what early stopping has seen, which goes on counting', async () => {
    worker.engine.validationLosses = [0.5, 0.6, 0.7, 0.8];
    const earlyStopping = { patience: 2, restoreBest: true };
    train({ earlyStopping }, 'epoch');
    await worker.phase('paused');
    worker.send({ type: 'advance', run: 1, advance: 'epoch' });
    await worker.until(() => checkpoints().at(-1)?.snapshot.step === 20);
    const from = checkpoints().at(-1);
    expect(from?.earlyStopping).toMatchObject({ before: 0, losses: [0.5, 0.6], best: { epoch: 1 } });
    train({ earlyStopping }, 'run', from);
    await worker.phase('finished');
    expect(worker.all('stoppedEarly').map(({ epoch }) => epoch)).toEqual([3]);
    expect(worker.all('bestRestored').map(({ epoch }) => epoch)).toEqual([1]);
  });

  test('whose early stopping had decided ends the run without a step', async () => {
    const earlyStopping = { before: 0, losses: [0.5, 0.6], best: null };
    train({ earlyStopping: { patience: 1, restoreBest: false } }, 'run', checkpointAt(20, { earlyStopping }));
    await worker.phase('finished');
    expect(logOf().filter((entry) => entry.startsWith('step'))).toEqual([]);
  });

  test('of an epoch that was not judged yet has it judged', async () => {
    train({}, 'batch', checkpointAt(20, { judgedEpochs: 1 }));
    await worker.phase('paused');
    expect(worker.all('epochEnded').map(({ report }) => [report.epoch, report.step])).toEqual([[2, 20]]);
  });

  test('within an epoch lets a new run go on', async () => {
    train({}, 'epoch', checkpointAt(25));
    await worker.phase('paused');
    expect(logOf()[0]).toBe('restore 25');
    expect(worker.all('epochEnded').map(({ report }) => [report.epoch, report.step])).toEqual([[3, 30]]);
  });

  test('brings a finished run back as it stood: nothing is prepared, trained or measured again', async () => {
    stand({ epochs: 2 }, true);
    await worker.phase('finished');
    worker.send({ type: 'extend', run: 7, epochs: 3 });
    worker.send({ type: 'advance', run: 7, advance: 'run' });
    await worker.phase('finished', 2);
    expect(worker.all('phaseChanged').map(({ phase }) => phase)).toEqual(['finished', 'training', 'finished']);
    await worker.until(() => worker.all('evaluated').length > 0);
    expect(worker.engine.trainers[0]?.log.filter((entry) => entry === 'evaluate test')).toHaveLength(1);
  });

  test('of a run whose test result was not known yet has it measured', async () => {
    stand({ epochs: 2 }, false);
    await worker.until(() => worker.all('evaluated').length > 0);
    expect(worker.all('evaluated').map(({ evaluation }) => evaluation.set)).toEqual(['test']);
  });
});

describe('a run that begins with the weights of another', () => {
  const again = (network = ciutacuCnn.network) =>
    worker.send({
      type: 'train',
      run: 2,
      dataset: FASHION_MNIST,
      network,
      recipe: RECIPE,
      advance: 'batch',
      weightsFrom: { kind: 'current' },
    });

  test('begins at its first step with those of layers that are still the same', async () => {
    train({}, 'epoch');
    await worker.phase('paused');
    again();
    await worker.phase('paused', 2);
    expect(worker.engine.trainers[1]?.log).toEqual(['snapshot 0', 'restore 10', 'snapshot 0', 'step 0', 'snapshot 1']);
    expect(worker.engine.trainers[0]?.disposed).toBe(true);
  });

  test('begins afresh in layers that have changed', async () => {
    train({}, 'epoch');
    await worker.phase('paused');
    again(applyEdit(ciutacuCnn.network, { type: 'setOptions', id: 'conv2d-1', values: { filters: 8 } }));
    await worker.phase('paused', 2);
    // The weights before its first step: one number, 0.
    expect(worker.engine.trainers[1]?.log).toEqual(['snapshot 0', 'restore 0', 'snapshot 0', 'step 0', 'snapshot 1']);
  });

  test('takes the weights of a network that is given, without a run before it', async () => {
    const values = [0, 1, 2, 3, 4, 5].map((value) => Float32Array.of(value + 30));
    worker.send({
      type: 'train',
      run: 1,
      dataset: FASHION_MNIST,
      network: ciutacuCnn.network,
      recipe: RECIPE,
      advance: 'batch',
      weightsFrom: { kind: 'given', dataset: FASHION_MNIST, network: ciutacuCnn.network, values },
    });
    await worker.phase('paused');
    expect(worker.engine.trainers[0]?.log).toEqual(['snapshot 0', 'restore 30', 'snapshot 0', 'step 0', 'snapshot 1']);
  });

  test('does not begin where they cannot be read, and says so', async () => {
    train({}, 'epoch');
    await worker.phase('paused');
    worker.engine.unreadable = new Error('The device is busy.');
    again();
    await worker.until(() => worker.all('failed').length > 0);
    expect(worker.all('failed')).toMatchObject([
      {
        run: 2,
        error: {
          name: 'RefusedError',
          message:
            'This run did not begin, because the weights of run 1 could not be read. The device is busy. Train again with other weights, or with new ones.',
        },
      },
    ]);
    expect(worker.engine.trainers[1]?.log ?? []).toEqual([]);
  });

  test('leaves it to another worker where the graphics processor is lost', async () => {
    train({}, 'epoch');
    await worker.phase('paused');
    worker.engine.unreadable = Object.assign(new Error('lost'), { name: 'GpuLostError' });
    again();
    await worker.until(() => worker.all('failed').length > 0);
    expect(worker.all('failed')).toMatchObject([{ run: 2, error: { name: 'GpuLostError' } }]);
  });

  test('does not begin where there was none before, and says so', async () => {
    again();
    await worker.until(() => worker.all('failed').length > 0);
    expect(worker.all('failed')[0]?.error.message).toContain('because the weights of the run before could not be read');
  });

  test('takes them from the checkpoint of one that is only just coming back', async () => {
    stand({ epochs: 2 }, true);
    again();
    await worker.phase('paused', 1);
    expect(worker.engine.trainers.at(-1)?.log).toEqual([
      'snapshot 0',
      'restore 20',
      'snapshot 0',
      'step 0',
      'snapshot 1',
    ]);
  });
});
