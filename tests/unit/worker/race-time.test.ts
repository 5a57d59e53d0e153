import { expect, test } from 'vitest';
import { ciutacuCnn } from '../../../src/datasets/fashion-mnist/presets/ciutacu.ts';
import { raceTime } from '../../../src/worker/race-time.ts';
import { settled } from '../support/turns.ts';
import { FakeEngine, FakeTrainer } from './fake-engine.ts';

const never = new AbortController().signal;

/** An engine on a clock of its own: building takes 300 ms, the first step 200, the second 70, later ones 20, a reading 5. */
class TimedEngine extends FakeEngine {
  now = 0;

  override async createTrainer(...[graph, recipe]: Parameters<FakeEngine['createTrainer']>) {
    const trainer = new FakeTrainer(graph, recipe, this);
    this.trainers.push(trainer);
    this.now += 300;
    trainer.trainStep = async (signal) => {
      signal.throwIfAborted();
      this.now += [200, 70][trainer.step] ?? 20;
      trainer.step++;
    };
    const read = trainer.readMetrics.bind(trainer);
    trainer.readMetrics = () => {
      this.now += 5;
      return read();
    };
    return trainer;
  }

  time(limits: { readonly seconds: number; readonly best: number | null }, setup = ciutacuCnn) {
    return raceTime({ ...setup, ...limits }, { engine: this, now: () => this.now, yieldToMessages: settled }, never);
  }
}

test('what comes before the first step is told apart from a step, which is timed over 31 of them', async () => {
  const engine = new TimedEngine();
  const { first, step } = await engine.time({ seconds: 10, best: null });
  expect(first).toBeCloseTo(0.505);
  // Steps are read after 1, 1, 2, 4, 8 and 15 of them.
  expect(step).toBeCloseTo(0.02 + (6 * 0.005) / 31);
  expect(engine.trainers.map(({ step, disposed }) => [step, disposed])).toEqual([[33, true]]);
});

test('it ends when its time is over', async () => {
  const engine = new TimedEngine();
  await engine.time({ seconds: 0.1, best: null });
  // 25, 25 and 45 ms are not enough yet.
  expect(engine.trainers[0]?.step).toBe(2 + 1 + 1 + 2 + 4);
});

test('it ends at once where another backend is ten times as fast', async () => {
  const engine = new TimedEngine();
  await engine.time({ seconds: 10, best: 0.001 });
  expect(engine.trainers[0]?.step).toBe(3);
});

test('a network with errors is refused, and what was built is given back where a step fails', async () => {
  const engine = new TimedEngine();
  const faulty = { ...ciutacuCnn, network: { layers: ciutacuCnn.network.layers.slice(0, 1) } };
  await expect(engine.time({ seconds: 1, best: null }, faulty)).rejects.toMatchObject({ name: 'RefusedError' });
  expect(engine.trainers).toEqual([]);
});
