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
