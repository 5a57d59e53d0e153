import { expect, test } from 'vitest';
import { checkpointBytes, createCheckpoints } from '../../../src/state/checkpoints.ts';
import { checkpointAt } from '../support/checkpoints.ts';

const numbersOf = ({ numbers }: ReturnType<typeof createCheckpoints>) => [...numbers.getState()];

test('the newest checkpoint of a run takes the place of the one before, and listeners hear of it', async () => {
  const checkpoints = createCheckpoints();
  const heard: number[][] = [];
  const stop = checkpoints.listen((run, { snapshot }) => heard.push([run, snapshot.step]));
  checkpoints.put(1, checkpointAt(10));
  checkpoints.put(1, checkpointAt(20));
  stop();
  checkpoints.put(2, checkpointAt(5));
  expect(checkpoints.inMemory(1)?.snapshot.step).toBe(20);
  expect((await checkpoints.read(2))?.snapshot.step).toBe(5);
  expect(await checkpoints.read(3)).toBeNull();
  expect(heard).toEqual([
    [1, 10],
    [1, 20],
  ]);
  expect(numbersOf(checkpoints)).toEqual([1, 2]);
});

test('where there is no room, what was put there longest ago gives way, and the newest stays', () => {
  const checkpoints = createCheckpoints(2 * checkpointBytes(checkpointAt(0)));
  for (const run of [1, 2, 1, 3]) checkpoints.put(run, checkpointAt(run));
  expect(numbersOf(checkpoints)).toEqual([1, 3]);
  const none = createCheckpoints(1);
  none.put(1, checkpointAt(1));
  none.put(2, checkpointAt(2));
  expect(numbersOf(none)).toEqual([2]);
});

test('what outlasts the page is read when it is asked for, unless something newer is here', async () => {
  const checkpoints = createCheckpoints();
  const read: number[] = [];
  checkpoints.addKept([4, 5], async (run) => {
    read.push(run);
    return checkpointAt(40);
  });
  expect(numbersOf(checkpoints)).toEqual([4, 5]);
  expect(checkpoints.inMemory(4)).toBeNull();
  expect((await checkpoints.read(4))?.snapshot.step).toBe(40);
  checkpoints.put(5, checkpointAt(50));
  expect((await checkpoints.read(5))?.snapshot.step).toBe(50);
  checkpoints.forget(4);
  expect(await checkpoints.read(4)).toBeNull();
  expect(read).toEqual([4]);
});

test('the weights of the best epoch count, too', () => {
  const best = { epoch: 1, snapshot: checkpointAt(0).snapshot };
  const plain = checkpointBytes(checkpointAt(0));
  expect(checkpointBytes(checkpointAt(0, { earlyStopping: { before: 0, losses: [1], best } }))).toBe(2 * plain);
});

test('one is on its way until it is here, is not expected any more, or is dropped', () => {
  const checkpoints = createCheckpoints();
  const end = [
    () => checkpoints.put(1, checkpointAt(1)),
    () => checkpoints.expect(1, false),
    () => checkpoints.forget(1),
  ];
  for (const act of end) {
    checkpoints.expect(1, true);
    checkpoints.expect(2, true);
    expect(checkpoints.isComing(1)).toBe(true);
    act();
    expect([checkpoints.isComing(1), checkpoints.isComing(2)]).toEqual([false, true]);
  }
});
