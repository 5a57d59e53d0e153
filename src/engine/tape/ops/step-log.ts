import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../../core/at.ts';
import type { StepMetrics } from '../../../core/evaluation/evaluation.ts';
import type { Device } from '../../device.ts';
import { writeRow } from '../../webgl/kernels/write-row.ts';
import { matrixOf } from '../tensors.ts';
import type { BatchLoss } from './softmax-cross-entropy.ts';

/** Steps that one page of the log holds. Its shape never changes, so that no shader is compiled for it twice. */
const PAGE_STEPS = 256;

/** Loss and hits of steps, kept on the device until they are read. */
export interface StepLog {
  /** Adds a step. Reads nothing back. */
  append(metrics: BatchLoss): void;
  /** Takes everything out of the log: pages [256, 2] of loss and hits. The caller disposes them. */
  take(): { readonly pages: readonly tf.Tensor2D[]; readonly steps: number };
  dispose(): void;
}

/** An empty log. */
export function createStepLog(): StepLog {
  const pages: tf.Tensor2D[] = [];
  let steps = 0;
  return {
    append: ({ loss, hits }) => {
      const row = steps % PAGE_STEPS;
      const page = row === 0 ? tf.zeros<tf.Rank.R2>([PAGE_STEPS, 2]) : matrixOf(pages.pop() ?? loss);
      pages.push(tf.keep(writeRow(page, row, loss, hits)));
      page.dispose();
      steps += 1;
    },
    take: () => {
      const taken = { pages: pages.splice(0), steps };
      steps = 0;
      return taken;
    },
    dispose: () => tf.dispose(pages.splice(0)),
  };
}

/** Empties the log of steps of `batchSize` images and reads what was in it, with one read-back for each page. */
export async function readLog(
  log: StepLog,
  batchSize: number,
  device: Device,
): Promise<Omit<StepMetrics, 'firstStep'>> {
  const { pages, steps } = log.take();
  try {
    const rows = (await Promise.all(pages.map((page) => device.read(page)))).flatMap((page) => [...page]);
    return {
      losses: Float32Array.from({ length: steps }, (_, step) => at(rows, 2 * step)),
      accuracies: Float32Array.from({ length: steps }, (_, step) => at(rows, 2 * step + 1) / batchSize),
    };
  } finally {
    tf.dispose([...pages]);
  }
}
