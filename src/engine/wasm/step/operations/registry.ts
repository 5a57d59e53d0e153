import type { WasmOperationName } from '../pooled-convolutions.ts';
import { activate, activateGradient } from './activate.ts';
import { add } from './add.ts';
import { addToRows } from './add-to-rows.ts';
import { headMixtures, headProducts } from './attention.ts';
import { augment } from './augment.ts';
import { average } from './average.ts';
import {
  follow,
  normalizeByBatch,
  normalizeByBatchGradient,
  normalizeByMoving,
  normalizeByMovingGradient,
} from './batch-normalization.ts';
import type { Bind, Binding } from './binding.ts';
import { blend, toUnitLength } from './blend.ts';
import { clip } from './clip.ts';
import { columnsOf, concatenate } from './concatenate.ts';
import { conv2d, conv2dInputGradient, conv2dKernelGradient } from './conv2d.ts';
import { columnSums, dense, denseInputGradient, denseKernelGradient } from './dense.ts';
import { depthwiseConv2d, depthwiseConv2dInputGradient, depthwiseConv2dKernelGradient } from './depthwise-conv2d.ts';
import { dropChannels } from './drop-channels.ts';
import { dropout } from './dropout.ts';
import { gather } from './gather.ts';
import { loss } from './loss.ts';
import { normalizeRows, normalizeRowsGradient } from './normalize-rows.ts';
import { penalty, penaltyGradient } from './penalty.ts';
import { pooledConv2d, pooledConv2dKernelGradient } from './pooled-conv2d.ts';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.ts';
import { recurrentStep, recurrentStepGradient } from './recurrent.ts';
import { swapAxes } from './swap-axes.ts';
import { update } from './update.ts';
import { updateMatrix } from './update-matrix.ts';

/** How each operation is carried out. One without it does not compile. */
const BINDS: { readonly [Name in WasmOperationName]: Bind<Name> } = {
  gather,
  augment,
  dense,
  denseInputGradient,
  denseKernelGradient,
  conv2d,
  conv2dInputGradient,
  conv2dKernelGradient,
  pooledConv2d,
  pooledConv2dKernelGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  maxPool,
  maxPoolGradient,
  averagePool,
  averagePoolGradient,
  columnSums,
  add,
  normalizeByBatch,
  normalizeByBatchGradient,
  follow,
  normalizeByMoving,
  normalizeByMovingGradient,
  activate,
  activateGradient,
  dropout,
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

/** Writes an operation down. */
export function bind<Name extends WasmOperationName>(name: Name, binding: Binding<Name>): void {
  BINDS[name](binding);
}
