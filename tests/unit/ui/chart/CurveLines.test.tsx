import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { CurveLines } from '../../../../src/ui/chart/CurveLines.tsx';
import { prepareCurves } from '../../../../src/ui/chart/prepare.ts';

afterEach(cleanup);

/** The lines of a run of so many epochs on a plot of 400 pixels, with an earlier run behind it. */
function draw(epochs: number) {
  const validation = Array.from({ length: epochs }, (_, i) => ({ epoch: i + 1, value: 0.5 + Math.sin(i) / 4 }));
  const data = {
    kind: 'loss',
    epochs,
    trace: validation,
    training: validation,
    validation,
    ghosts: [{ run: 1, validation }],
    smoothing: 0,
    gap: true,
    best: 1,
    logarithmic: false,
  } as const;
  const { container } = render(<CurveLines curves={prepareCurves(data, 400)} width={400} height={200} hatch="h" />);
  const pointsOf = (name: string) => (container.querySelector(`.${name}`)?.getAttribute('d') ?? '').split('L').length;
  return { container, pointsOf };
}

test('each epoch has a dot while there is room, and the earlier run lies behind the lines', () => {
  const { container, pointsOf } = draw(30);
  expect(container.querySelectorAll('.d-val')).toHaveLength(30);
  expect(pointsOf('l-val')).toBe(30);
  const order = [...container.querySelectorAll('path')].map((path) => path.getAttribute('class'));
  expect(order).toEqual(['gap', null, 'ghost', 'raw', 'l-judged', 'l-train', 'l-val']);
});

test('1,000 epochs are drawn with no more points than the plot is wide, and without dots', () => {
  const { container, pointsOf } = draw(1000);
  expect(container.querySelectorAll('.d-val')).toHaveLength(0);
  for (const name of ['raw', 'l-train', 'l-val', 'ghost']) {
    expect(pointsOf(name)).toBeGreaterThan(300);
    expect(pointsOf(name)).toBeLessThanOrEqual(400);
  }
  expect(pointsOf('gap')).toBeLessThanOrEqual(2 * 401);
});

test('a band reaches from the least to the most of its runs, and the axis has room for it', () => {
  const line = (value: number) => [1, 2, 3].map((epoch) => ({ epoch, value }));
  const ghosts = [{ run: 1, validation: line(1), band: { runs: [1, 2], low: line(0.5), high: line(1.5) } }];
  const none = { trace: [], training: [], validation: [], smoothing: 0, gap: false, logarithmic: false };
  const curves = prepareCurves({ ...none, kind: 'loss', epochs: 3, ghosts }, 400);
  expect(curves.y.scale.max).toBeGreaterThan(1.5);
  const { container } = render(<CurveLines curves={curves} width={400} height={200} hatch="h" />);
  const heights = [...(container.querySelector('.band')?.getAttribute('d') ?? '').matchAll(/ ([\d.]+)/g)].map(([, y]) =>
    Number(y),
  );
  expect(heights).toHaveLength(6);
  expect(new Set(heights).size).toBe(2);
});
