import { expect, test } from 'vitest';
import { slideOver } from '../../../../src/engine/step/images.ts';
import { phasesOf } from '../../../../src/engine/wasm/kernels/conv2d-phases.ts';
import { forPhases } from '../../../../src/engine/wasm/kernels/placement.ts';

test.each([
  [9, 8, 3, 2, 'same'],
  [10, 11, 3, 2, 'valid'],
  [7, 6, 1, 2, 'same'],
  [11, 5, 5, 3, 'same'],
  [1, 8, 2, 4, 'same'],
] as const)(
  'phases of %i x %i pixels reach each pixel and use each tap once: %i, stride %i, %s',
  (height, width, size, strides, padding) => {
    const window = { size, strides, padding, dilation: 1 };
    const sliding = slideOver({ batch: 1, height, width, channels: 8 }, window, 3);
    const placement = forPhases(sliding);
    const phases = phasesOf(sliding, placement);
    const sorted = (numbers: readonly (number | undefined)[]) => numbers.map(Number).sort((a, b) => a - b);
    const pixels = sorted(phases.flatMap((phase) => phase.rows().map(([, pixel]) => pixel)));
    expect(pixels).toEqual(Array.from({ length: height * width }, (_, i) => i));
    const taps = sorted(phases.flatMap((phase) => phase.steps().map(([, row]) => Number(row) / 32)));
    const used = Math.min(strides, height) * Math.min(strides, width) === strides ** 2;
    if (used) expect(taps).toEqual(Array.from({ length: size ** 2 * 3 }, (_, i) => i));
    expect(new Set(taps).size).toBe(taps.length);
    const end = placement.placedHeight * placement.placedRow;
    for (const phase of phases) {
      const [rows, steps] = [phase.rows(), phase.steps()].map((pairs) => pairs.map(([offset]) => Number(offset)));
      for (const step of steps ?? []) expect(Math.max(...(rows ?? [])) + step).toBeLessThan(end);
    }
  },
);
