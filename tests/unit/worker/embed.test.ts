import { expect, test } from 'vitest';
import { embed } from '../../../src/worker/embedding/embed.ts';

const WIDTH = 8;

/** Two groups of points far from each other, one after the other. */
const VALUES = Float32Array.from({ length: 60 * WIDTH }, (_, i) => {
  const [row, column] = [Math.floor(i / WIDTH), i % WIDTH];
  return (row < 30 ? 0 : 10) + Math.sin(row * 12.9898 + column * 78.233);
});

/** Between the means of both groups, and the farthest that a point of the first is from its own, along the first axis. */
function separation(points: Float32Array) {
  const first = Array.from({ length: 60 }, (_, row) => points[2 * row] ?? 0);
  const second = Array.from({ length: 60 }, (_, row) => points[2 * row + 1] ?? 0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = (from: number) => [mean(first.slice(from, from + 30)), mean(second.slice(from, from + 30))] as const;
  const [a, b] = [middle(0), middle(30)];
  const spread = first.slice(0, 30).map((x, row) => Math.hypot(x - a[0], (second[row] ?? 0) - a[1]));
  return { between: Math.hypot(a[0] - b[0], a[1] - b[1]), within: Math.max(...spread) };
}

test.each(['pca', 'umap'] as const)('%s keeps two groups apart, and gives the same map again', (method) => {
  const question = { method, values: VALUES, width: WIDTH, seed: 42 };
  let rounds = 0;
  const { points, explained } = embed(question, (done) => {
    rounds = done;
  });
  const { between, within } = separation(points);
  expect(between).toBeGreaterThan(within);
  expect(explained === null).toBe(method === 'umap');
  expect(rounds > 0).toBe(method === 'umap');
  expect(embed(question, () => {}).points).toEqual(points);
});
