import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { BesideRuns } from '../../../src/worker/beside-runs.ts';
import { settled } from '../support/turns.ts';
import { FakeEngine, FakeTrainer } from './fake-engine.ts';
import { ServedWorker } from './served-worker.ts';

const setup = { ...ciutacuCnn, recipe: { ...ciutacuCnn.recipe, batchSize: 32 } };
const never = new AbortController().signal;

/**
 * An engine on a clock of its own: building takes 300 ms, a step 40, the first one of a network 60 and the very first one 500, and a
 * judged sample 2, and 3 more when all of its set are added up.
 */
class TimedEngine extends FakeEngine {
  now = 0;
  #steps = 0;

  override async createTrainer(...[graph, recipe]: Parameters<FakeEngine['createTrainer']>) {
    const trainer = new FakeTrainer(graph, recipe, this);
    this.trainers.push(trainer);
    this.now += 300;
    trainer.trainStep = async (signal) => {
      signal.throwIfAborted();
      const usual = trainer.step === 0 ? 60 : 40;
      this.now += this.#steps++ === 0 ? 500 : usual;
      trainer.step++;
    };
    const evaluate = trainer.evaluate.bind(trainer);
    trainer.evaluate = (set, control) =>
      evaluate(set, {
        ...control,
        onProgress: (done, total) => {
          this.now += 2;
          control.onProgress(done, total);
        },
      }).then((evaluation) => {
        this.now += 3 * trainer.evaluationTurns;
        return evaluation;
      });
    return trainer;
  }
}

function meterOn(engine: TimedEngine): BesideRuns {
  return new BesideRuns({ engine, emit: () => undefined, yieldToMessages: settled, now: () => engine.now });
}

test('a step is timed when it is warm, judging by the sample, and what is done once when all is compiled', async () => {
  const engine = new TimedEngine();
  const { once, step, judgedSample, histograms } = await meterOn(engine).measureSpeed(setup, never);
  expect(step).toBeCloseTo(0.04);
  expect(judgedSample).toBeCloseTo(0.005);
  expect(once).toBeCloseTo(0.32);
  expect(histograms).toBeCloseTo(0.36);
  expect(engine.trainers.every(({ disposed }) => disposed)).toBe(true);
});

test('a newer measurement ends the one under way, and neither keeps memory', async () => {
  const engine = new TimedEngine();
  const meter = meterOn(engine);
  const first = meter.measureSpeed(setup, never);
  const second = meter.measureSpeed(setup, never);
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  expect((await second).step).toBeCloseTo(0.04);
  expect(engine.trainers.every(({ disposed }) => disposed)).toBe(true);
});

test('a network with errors is refused, with the sentence that says why', async () => {
  const faulty = { ...setup, network: { layers: setup.network.layers.slice(0, 1) } };
  await expect(meterOn(new TimedEngine()).measureSpeed(faulty, never)).rejects.toMatchObject({ name: 'RefusedError' });
});

test('a network that takes much memory is not built beside that of the last run', async () => {
  const engine = new TimedEngine();
  const large = { ...setup, recipe: { ...setup.recipe, batchSize: 8192 } };
  await expect(meterOn(engine).measureSpeed(large, never)).rejects.toMatchObject({ name: 'RefusedError' });
  expect(engine.trainers).toEqual([]);
});

test('a run that starts ends the measurement first', async () => {
  const worker = new ServedWorker();
  const { dataset, network, recipe } = setup;
  const request = worker.ask('trainingSpeed', { dataset, network, recipe });
  worker.send({ type: 'train', run: 1, dataset, network, recipe: { ...recipe, epochs: 1 }, advance: 'run' });
  await expect(worker.answerTo('trainingSpeed', request)).rejects.toMatchObject({ name: 'AbortError' });
  await worker.phase('finished');
  const running = worker.engine.trainers.at(-1);
  expect(worker.engine.trainers.filter(({ disposed }) => !disposed)).toEqual([running]);
  worker.close();
});
