import * as tf from '@tensorflow/tfjs-core';
import { writeRow } from '../kernels/write-row.ts';
import { matrixOf } from '../tensors.ts';
import type { BatchLoss } from './softmax-cross-entropy.ts';

/** Steps that one page of the log holds. Its shape never changes, so that no shader is compiled for it twice. */
const PAGE_STEPS = 256;

/** Loss and accuracy of steps, kept on the device until somebody reads them. */
export interface StepLog {
  /** Adds a step. Reads nothing back. */
  append(metrics: BatchLoss): void;
  /** Takes all pages out of the log; the caller reads and disposes them. Rows: loss, accuracy. */
  take(): { readonly pages: readonly tf.Tensor2D[]; readonly steps: number };
  dispose(): void;
}

/** An empty log. */
export function createStepLog(): StepLog {
  const pages: tf.Tensor2D[] = [];
  let steps = 0;
  return {
    append: ({ loss, accuracy }) => {
      const row = steps % PAGE_STEPS;
      const page = row === 0 ? tf.zeros<tf.Rank.R2>([PAGE_STEPS, 2]) : matrixOf(pages.pop() ?? loss);
      pages.push(tf.keep(writeRow(page, row, loss, accuracy)));
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
