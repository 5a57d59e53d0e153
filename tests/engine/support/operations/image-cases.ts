import type { Window } from '../../../../src/core/network/layers/window.ts';
import { shapeOf, slideOver, wholeImage } from '../../../../src/engine/step/images.ts';
import { caseOf, type Given, type OperationCase } from './given.ts';

/** Windows: one tap, overlapping ones, wider strides than windows, taps with gaps, and padding on one side. */
const WINDOWS = [
  { size: 1, strides: 1, padding: 'valid', dilation: 1 },
  { size: 3, strides: 1, padding: 'same', dilation: 1 },
  { size: 2, strides: 2, padding: 'same', dilation: 1 },
  { size: 3, strides: 2, padding: 'valid', dilation: 1 },
  { size: 2, strides: 3, padding: 'valid', dilation: 1 },
  { size: 3, strides: 1, padding: 'same', dilation: 2 },
] as const;

const IMAGES = { batch: 3, height: 7, width: 6, channels: 5 };

function windowTitle({ size, strides, padding, dilation }: Window): string {
  return `${size} x ${size}, strides ${strides}, ${padding}, dilation ${dilation}`;
}

const CONVOLVED = WINDOWS.flatMap((window, place) => {
  const sliding = slideOver(IMAGES, window, 17);
  const title = windowTitle(window);
  const kernelShape = [window.size, window.size, IMAGES.channels, 17];
  return [
    caseOf(title, (given) => ({
      name: 'conv2d',
      inputs: {
        x: given.noise('x', ...shapeOf(sliding.input)),
        kernel: given.noise('kernel', ...kernelShape),
        bias: place % 2 === 0 ? null : given.noise('bias', 17),
      },
      outputs: { y: given.empty('y', ...shapeOf(sliding.output)) },
      attributes: { sliding, relu: place % 3 === 0 },
    })),
    caseOf(title, (given) => ({
      name: 'conv2dInputGradient',
      inputs: { dy: given.noise('dy', ...shapeOf(sliding.output)), kernel: given.noise('kernel', ...kernelShape) },
      outputs: { dx: given.empty('dx', ...shapeOf(sliding.input)) },
      attributes: { sliding },
    })),
    caseOf(title, (given) => ({
      name: 'conv2dKernelGradient',
      inputs: {
        x: given.noise('x', ...shapeOf(sliding.input)),
        dy: given.noise('dy', ...shapeOf(sliding.output)),
      },
      outputs: { dkernel: given.empty('dkernel', ...kernelShape) },
      attributes: { sliding },
    })),
  ];
});

const BY_CHANNEL = WINDOWS.flatMap((window, place) => {
  const times = 1 + (place % 3);
  const channels = times * IMAGES.channels;
  const sliding = slideOver(IMAGES, window, channels);
  const title = `${windowTitle(window)}, ${times} filters`;
  const kernelShape = [window.size, window.size, IMAGES.channels, times];
  return [
    caseOf(title, (given) => ({
      name: 'depthwiseConv2d',
      inputs: {
        x: given.noise('x', ...shapeOf(sliding.input)),
        kernel: given.noise('kernel', ...kernelShape),
        bias: place % 2 === 0 ? null : given.noise('bias', channels),
      },
      outputs: { y: given.empty('y', ...shapeOf(sliding.output)) },
      attributes: { sliding },
    })),
    caseOf(title, (given) => ({
      name: 'depthwiseConv2dInputGradient',
      inputs: { dy: given.noise('dy', ...shapeOf(sliding.output)), kernel: given.noise('kernel', ...kernelShape) },
      outputs: { dx: given.empty('dx', ...shapeOf(sliding.input)) },
      attributes: { sliding },
    })),
    caseOf(title, (given) => ({
      name: 'depthwiseConv2dKernelGradient',
      inputs: { x: given.noise('x', ...shapeOf(sliding.input)), dy: given.noise('dy', ...shapeOf(sliding.output)) },
      outputs: { dkernel: given.empty('dkernel', ...kernelShape) },
      attributes: { sliding },
    })),
  ];
});

const POOLED = [...WINDOWS.map((window) => slideOver(IMAGES, window, IMAGES.channels)), wholeImage(IMAGES)].flatMap(
  (sliding) => {
    const title = windowTitle(sliding.window);
    const [x, y] = [shapeOf(sliding.input), shapeOf(sliding.output)];
    const averaged = [
      caseOf(title, (given) => ({
        name: 'averagePool',
        inputs: { x: given.noise('x', ...x) },
        outputs: { y: given.empty('y', ...y) },
        attributes: { sliding },
      })),
      caseOf(title, (given) => ({
        name: 'averagePoolGradient',
        inputs: { dy: given.noise('dy', ...y) },
        outputs: { dx: given.empty('dx', ...x) },
        attributes: { sliding },
      })),
    ];
    const largest = caseOf(title, (given) => ({
      name: 'maxPool',
      inputs: { x: given.noise('x', ...x) },
      outputs: { y: given.empty('y', ...y) },
      attributes: { sliding },
    }));
    // All values are alike in halves: every window has several largest ones.
    const tied = caseOf(title, (given) => ({
      name: 'maxPoolGradient',
      inputs: {
        x: given.some('x', x, () => 0.5),
        y: given.some('y', y, () => 0.5),
        dy: given.noise('dy', ...y),
      },
      outputs: { dx: given.empty('dx', ...x) },
      attributes: { sliding },
    }));
    return [...averaged, largest, tied];
  },
);

/** Rows in one part and in several, with a mean far from 0. */
const NORMALIZED = [20, 150].flatMap((rows) => {
  const channels = 6;
  const attributes = { rows, channels, epsilon: 0.001 };
  const far = (given: Given) => given.some('x', [rows, channels], (value) => 30 + value);
  const positive = (given: Given, name: string) => given.some(name, [channels], (value) => 1.5 + value);
  return [true, false].flatMap((scaled) => {
    const title = `${rows} rows${scaled ? '' : ', not scaled'}`;
    return [
      caseOf(title, (given) => ({
        name: 'normalizeByBatch',
        inputs: {
          x: far(given),
          gamma: scaled ? given.noise('gamma', channels) : null,
          beta: scaled ? given.noise('beta', channels) : null,
        },
        outputs: {
          y: given.empty('y', rows, channels),
          mean: given.empty('mean', channels),
          variance: given.empty('variance', channels),
        },
        attributes,
      })),
      caseOf(title, (given) => {
        const x = far(given);
        const { mean, variance } = given.statistics(x, rows, channels);
        return {
          name: 'normalizeByBatchGradient',
          inputs: {
            ...{ x, mean, variance, dy: given.noise('dy', rows, channels) },
            gamma: scaled ? given.noise('gamma', channels) : null,
          },
          outputs: {
            dx: given.empty('dx', rows, channels),
            dgamma: scaled ? given.empty('dgamma', channels) : null,
            dbeta: scaled ? given.empty('dbeta', channels) : null,
          },
          attributes,
        };
      }),
      caseOf(title, (given) => ({
        name: 'normalizeByMoving',
        inputs: {
          ...{ x: far(given), mean: given.noise('mean', channels), variance: positive(given, 'variance') },
          gamma: scaled ? given.noise('gamma', channels) : null,
          beta: scaled ? given.noise('beta', channels) : null,
        },
        outputs: { y: given.empty('y', rows, channels) },
        attributes,
      })),
      caseOf(title, (given) => ({
        name: 'normalizeByMovingGradient',
        inputs: {
          ...{ dy: given.noise('dy', rows, channels), variance: positive(given, 'variance') },
          gamma: scaled ? given.noise('gamma', channels) : null,
        },
        outputs: { dx: given.empty('dx', rows, channels) },
        attributes,
      })),
    ];
  });
});

const FOLLOWED = caseOf('nearly all of it', (given) => {
  const moving = given.noise('moving', 7);
  return {
    name: 'follow',
    inputs: { moving, batch: given.noise('batch', 7) },
    outputs: { moving },
    attributes: { channels: 7, momentum: 0.99 },
  };
});

/** What layers on images do. */
export const IMAGE_CASES: readonly OperationCase[] = [...CONVOLVED, ...BY_CHANNEL, ...POOLED, ...NORMALIZED, FOLLOWED];
