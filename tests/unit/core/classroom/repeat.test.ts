import { expect, test } from 'vitest';
import { compareRuns } from '../../../../src/core/classroom/repeat.ts';

const RUN = {
  backend: 'wasm',
  losses: new Float32Array([2.3, 1.1, 0.7]),
  epochs: [{ validation: { loss: 0.8, accuracy: 0.7 } }, { validation: { loss: 0.6, accuracy: 0.8 } }],
} as const;

test('on the same backend everything has to be the same', () => {
  expect(compareRuns(RUN, { ...RUN, losses: RUN.losses.slice() })).toEqual({
    repeats: true,
    text: 'All 3 losses and all validation results are the same.',
  });
  const other = compareRuns(RUN, { ...RUN, losses: new Float32Array([2.3, 1.1, 0.7000001]) });
  expect(other.repeats).toBe(false);
  expect(other.text).toMatch(/^From step 3 on the loss differs: 0\.700000 instead of 0\.700000\. It ended at 80\.0/);
  const [first] = RUN.epochs;
  const judged = compareRuns(RUN, { ...RUN, epochs: [first, { validation: { loss: 0.6, accuracy: 0.81 } }] });
  expect(judged).toEqual({ repeats: false, text: 'All losses are the same, but epoch 2 was judged differently.' });
  expect(compareRuns(RUN, { ...RUN, losses: new Float32Array(2) }).text).toBe('It took 2 steps instead of 3.');
  const blownUp = { ...RUN, losses: new Float32Array([2.3, Number.NaN]) };
  expect(compareRuns(blownUp, { ...blownUp, losses: blownUp.losses.slice() }).repeats).toBe(true);
});

test('on another backend two points of validation accuracy are allowed, and it is said', () => {
  const near = { ...RUN, backend: 'webgl', epochs: [{ validation: { loss: 1, accuracy: 0.785 } }] } as const;
  expect(compareRuns(RUN, near)).toEqual({ repeats: true, text: expect.stringContaining('up to 2 points') });
  const far = { ...near, epochs: [{ validation: { loss: 1, accuracy: 0.77 } }] };
  expect(compareRuns(RUN, far).repeats).toBe(false);
  expect(compareRuns(RUN, { ...near, epochs: [] }).repeats).toBe(false);
  expect(compareRuns({ ...RUN, backend: null }, { ...RUN, backend: null }).text).toContain('An unknown backend');
});
