import type { OperationName, OperationOf } from '../../step/operation.ts';
import type { Task } from '../fuse.ts';
import type { Lowering } from '../lowering.ts';
import { activate, activateGradient } from './activate.ts';
import { add } from './add.ts';
import { addToRows } from './add-to-rows.ts';
import { headMixtures, headProducts } from './attention.ts';
import { average } from './average.ts';
import {
  normalizeByBatch,
  normalizeByBatchGradient,
  normalizeByMoving,
  normalizeByMovingGradient,
} from './batch-normalization.ts';
import { columnSums } from './column-sums.ts';
import { columnsOf, concatenate } from './concatenate.ts';
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from './conv2d.ts';
import { dense, denseInputGradient, denseKernelGradient } from './dense.ts';
import { depthwiseConv2d, depthwiseConv2dInputGradient, depthwiseConv2dKernelGradient } from './depthwise-conv2d.ts';
import { dropChannels, dropout } from './dropout.ts';
import { gather } from './gather.ts';
import { loss } from './loss.ts';
import type { Lower } from './lower.ts';
import { blend, toUnitLength, updateMatrix } from './matrix.ts';
import { normalizeRows, normalizeRowsGradient } from './normalize-rows.ts';
import { penaltyGradient } from './penalty-gradient.ts';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.ts';
import { recurrentStep, recurrentStepGradient } from './recurrent.ts';
import { swapAxes } from './swap-axes.ts';
import { clip, update } from './update.ts';

/** How each operation becomes draws. `along`: only with another one, which `fuse` finds. */
const LOWERINGS: { readonly [Name in OperationName]: Lower<Name> | 'along' } = {
  gather,
  augment: 'along',
  dense,
  denseInputGradient,
  denseKernelGradient,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  maxPool,
  maxPoolGradient,
  averagePool,
  averagePoolGradient,
  columnSums,
  add,
  activate,
  activateGradient,
  dropout,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  dropChannels,
  swapAxes,
  addToRows,
  headProducts,
  headMixtures,
  concatenate,
  columnsOf,
  recurrentStep,
  recurrentStepGradient,
  normalizeRows,
  normalizeRowsGradient,
  normalizeByBatch,
  normalizeByBatchGradient,
  follow: 'along',
  normalizeByMoving,
  normalizeByMovingGradient,
  loss,
  penalty: 'along',
  penaltyGradient,
  clip,
  blend,
  toUnitLength,
  update,
  updateMatrix,
  average,
};

/** Adds the draws of a task. */
export function lower({ operation, ...fused }: Task, at: Lowering): void {
  lowerNamed(operation.name, operation, at, fused);
}

function lowerNamed<Name extends OperationName>(
  name: Name,
  operation: OperationOf<Name>,
  at: Lowering,
  fused: Omit<Task, 'operation'>,
): void {
  const draws: Lower<Name> | 'along' = LOWERINGS[name];
  if (draws === 'along') throw new Error(`Nothing carries out ${name}.`);
  draws(operation, at, fused);
}
