import { at } from '../../../core/at.ts';
import type { Buffer } from '../../step/buffer.ts';
import type { Operation } from '../../step/operation.ts';
import type { Step } from '../../step/step.ts';
import type { Processor } from '../processor.ts';
import type { WasmCall } from './call.ts';
import { PlannedStep } from './planned-step.ts';

const TOLERANCE = 1e-6;

/**
 * Whether recorded steps give the right numbers on this processor; takes about a millisecond. A step of a network without hidden
 * layers on two samples, (1, 0) of class 0 and (0, 1) of class 1, from weights of 0: all probabilities are 1/2, so each gradient
 * is 1/4 or -1/4, and the loss is ln 2.
 */
export async function recordsRightly(processor: Processor): Promise<boolean> {
  const step = smallStep();
  const planned = new PlannedStep(processor, step);
  try {
    await planned.run(CALL, new AbortController().signal);
    const found = [...step.weights, step.metrics].flatMap((buffer) => [...planned.valuesOf(buffer)]);
    const expected = [0.25, -0.25, -0.25, 0.25, Math.LN2, 1];
    return found.every((value, i) => Math.abs(value - at(expected, i)) < TOLERANCE);
  } finally {
    planned.dispose();
  }
}

const CALL: WasmCall = {
  ...{ step: 0, seed: 0, learningRate: 1, weightDecay: 0, dropout: null, variation: null },
  batch: {
    values: Uint8Array.of(255, 0, 0, 255),
    scale: 255,
    positions: Uint32Array.of(0, 1),
    labels: Uint8Array.of(0, 1),
    weights: null,
  },
};

function smallStep(): Step {
  const buffer = (name: string): Buffer => ({ name, role: 'step', type: 'float32', shape: [2, 2] });
  const [samples, logits, dlogits, dkernel] = [
    buffer('samples'),
    buffer('logits'),
    buffer('dlogits'),
    buffer('dkernel'),
  ];
  const labels: Buffer = { ...buffer('labels'), type: 'int32', shape: [2] };
  const kernel: Buffer = { ...buffer('kernel'), role: 'weight' };
  const metrics: Buffer = { ...buffer('metrics'), role: 'metrics', shape: [2] };
  const extents = { rows: 2, inputs: 2, units: 2 };
  const loss = { batch: 2, columns: 2, loss: 'categoricalCrossentropy', smoothing: 0 } as const;
  const operations: readonly Operation[] = [
    { name: 'gather', inputs: {}, outputs: { samples, labels, weights: null }, attributes: {} },
    {
      name: 'dense',
      inputs: { x: samples, kernel, bias: null },
      outputs: { y: logits },
      attributes: { ...extents, relu: false },
    },
    { name: 'loss', inputs: { logits, labels, weights: null }, outputs: { dlogits, metrics }, attributes: loss },
    {
      name: 'denseKernelGradient',
      inputs: { x: samples, dy: dlogits },
      outputs: { dkernel },
      attributes: extents,
    },
    {
      name: 'update',
      inputs: { weight: kernel, gradient: dkernel, slots: [] },
      outputs: { weight: kernel, slots: [] },
      attributes: { count: 4, optimizer: { kind: 'sgd' } },
    },
  ];
  const seen = { samples, labels, sampleWeights: null, metrics, weights: [kernel], trained: [kernel], slots: [] };
  return { operations, commit: 4, batch: 2, ...seen };
}
