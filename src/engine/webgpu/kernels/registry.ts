import type { DatasetSpec } from '../../../core/dataset/spec.ts';
import type { Operation, OperationName, OperationOf } from '../../step/operation.ts';
import type { Dispatch } from '../dispatch.ts';
import { activate, activateGradient } from './activate.ts';
import { add, addToRows } from './add.ts';
import { augment } from './augment.ts';
import { average } from './average.ts';
import { averagePool, averagePoolGradient } from './average-pool.ts';
import {
  normalizeByBatch,
  normalizeByBatchGradient,
  normalizeByMoving,
  normalizeByMovingGradient,
} from './batch-normalization.ts';
import { blend, toUnitLength } from './blend.ts';
import { clip } from './clip.ts';
import { columnSums } from './column-sums.ts';
import { columnsOf, concatenate } from './concatenate.ts';
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from './conv2d.ts';
import { dense, denseInputGradient, denseKernelGradient } from './dense.ts';
import { depthwiseConv2d, depthwiseConv2dInputGradient, depthwiseConv2dKernelGradient } from './depthwise-conv2d.ts';
import { dropChannels, dropout } from './dropout.ts';
import { follow } from './follow.ts';
import { gather } from './gather.ts';
import { headMixtures, headProducts } from './heads.ts';
import { loss } from './loss.ts';
import { maxPool, maxPoolGradient } from './max-pool.ts';
import { normalizeRows, normalizeRowsGradient } from './normalize-rows.ts';
import { penalty, penaltyGradient } from './penalty.ts';
import { recurrentStep, recurrentStepGradient } from './recurrent.ts';
import { swapAxes } from './swap-axes.ts';
import { update } from './update.ts';
import { updateMatrix } from './update-matrix.ts';

/** How an operation becomes dispatches, one after another. `dataset`: what samples are like. */
type Kernel<Name extends OperationName> = (operation: OperationOf<Name>, dataset: DatasetSpec) => readonly Dispatch[];

/** The kernels of operations. One without it does not compile. */
const KERNELS: { readonly [Name in OperationName]: Kernel<Name> } = {
  gather,
  augment,
  dense,
  denseInputGradient,
  denseKernelGradient,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  maxPool,
  maxPoolGradient,
  averagePool,
  averagePoolGradient,
  columnSums,
  add,
  activate,
  activateGradient,
  dropout,
  dropChannels,
  swapAxes,
  addToRows,
  headProducts,
  headMixtures,
  normalizeRows,
  normalizeRowsGradient,
  concatenate,
  columnsOf,
  recurrentStep,
  recurrentStepGradient,
  normalizeByBatch,
  normalizeByBatchGradient,
  follow,
  normalizeByMoving,
  normalizeByMovingGradient,
  loss,
  penalty,
  penaltyGradient,
  clip,
  blend,
  toUnitLength,
  update,
  updateMatrix,
  average,
};

/** The dispatches of an operation. */
export function dispatchesOf(operation: Operation, dataset: DatasetSpec): readonly Dispatch[] {
  return lowered(operation.name, operation, dataset);
}

function lowered<Name extends OperationName>(
  name: Name,
  operation: OperationOf<Name>,
  dataset: DatasetSpec,
): readonly Dispatch[] {
  return KERNELS[name](operation, dataset);
}
