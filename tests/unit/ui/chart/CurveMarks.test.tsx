import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { CurveMarks } from '../../../../src/ui/chart/CurveMarks.tsx';
import { geometry } from '../../../../src/ui/chart/geometry.ts';
import { prepareCurves } from '../../../../src/ui/chart/prepare.ts';

afterEach(cleanup);

const training = [{ epoch: 1, value: 0.872 }];
const validation = [{ epoch: 1, value: 0.821 }];
const curves = prepareCurves(
  {
    kind: 'accuracy',
    epochs: 1,
    trace: training,
    training,
    validation,
    ghosts: [],
    smoothing: 0,
    best: 1,
    gap: true,
    logarithmic: false,
  },
  100,
);
const shared = { at: geometry(300, 200, curves), curves, means: training, format: String, tape: true };

test('the tape measures the gap like for like, where training was judged without dropout and augmentation', () => {
  const { container } = render(<CurveMarks {...shared} judged={[{ epoch: 1, value: 0.892 }]} />);
  expect(container.querySelector('.t-gap')?.textContent).toBe('gap 7.1\u202fpt');
  expect(container.querySelectorAll('.tape-t')).toHaveLength(8);
});

test('the tape measures from the mean of the epoch where training was not judged', () => {
  const { container } = render(<CurveMarks {...shared} />);
  expect(container.querySelector('.t-gap')?.textContent).toBe('gap 5.1\u202fpt');
});

test('each line is labelled with its own last value, smoothed as it is drawn', () => {
  const trace = [0.9, 0.6, 0.3].map((value, i) => ({ epoch: (i + 1) / 3, value }));
  const drawn = prepareCurves(
    {
      kind: 'loss',
      epochs: 1,
      trace,
      training: [{ epoch: 1, value: 0.6 }],
      judged: [{ epoch: 1, value: 0.25 }],
      validation: [{ epoch: 1, value: 0.4 }],
      ghosts: [],
      smoothing: 0.5,
      gap: false,
      logarithmic: false,
    },
    100,
  );
  const format = (value: number) => value.toFixed(3);
  const at = geometry(300, 200, drawn);
  const { container } = render(
    <CurveMarks at={at} curves={drawn} means={[{ epoch: 1, value: 0.6 }]} format={format} />,
  );
  expect(container.querySelector('.t-train')?.textContent).toBe(format(drawn.training.at(-1)?.value ?? 0));
  expect(container.querySelector('.t-val')?.textContent).toBe('0.400');
});

test('the training sample is named beside the gap that is measured from it', () => {
  const { container } = render(<CurveMarks {...shared} judged={[{ epoch: 1, value: 0.892 }]} />);
  expect(container.querySelector('.t-judged')?.textContent).toBe('training sample 0.892');
});
