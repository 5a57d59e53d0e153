import { expect, test } from 'vitest';
import { judge, softmaxRows } from '../../../src/engine/scores.ts';

/** Ten logits that are 0 but for some. */
function row(...some: readonly (readonly [index: number, logit: number])[]): number[] {
  const logits = new Array<number>(10).fill(0);
  for (const [index, logit] of some) logits[index] = logit;
  return logits;
}

test('equal logits give every class a tenth', () => {
  expect([...softmaxRows(Float32Array.from(row()), 10)]).toEqual(new Array(10).fill(Math.fround(0.1)));
});

test('a softmax neither overflows nor loses the other rows', () => {
  const probabilities = softmaxRows(Float32Array.from([...row([3, 5000]), ...row([1, -5000])]), 10);
  expect([...probabilities.slice(0, 10)]).toEqual(row([3, 1]));
  expect(probabilities[11]).toBe(0);
  expect(probabilities[10]).toBe(Math.fround(1 / 9));
});

test('cross-entropy and accuracy are means over the images', () => {
  const logits = Float32Array.from([...row([2, 1]), ...row([7, 40]), ...row([0, 3])]);
  const { loss, accuracy } = judge(logits, Uint8Array.of(2, 6, 0), 10);
  const first = Math.log(Math.E + 9) - 1;
  const third = Math.log(Math.exp(3) + 9) - 3;
  expect(loss).toBeCloseTo((first + 40 + third) / 3, 10);
  expect(accuracy).toBe(2 / 3);
});

test('of two classes the second is as likely as the sigmoid of its lead', () => {
  const leads = [0, 2, -3];
  const probabilities = softmaxRows(Float32Array.from(leads.flatMap((lead) => [0, lead])), 2);
  leads.forEach((lead, i) => {
    expect(probabilities[2 * i + 1]).toBeCloseTo(1 / (1 + Math.exp(-lead)), 6);
    expect((probabilities[2 * i] ?? 0) + (probabilities[2 * i + 1] ?? 0)).toBeCloseTo(1, 6);
  });
});
