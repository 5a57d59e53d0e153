import type { Activation } from '../../core/network/activations.ts';
import type { MuonSpec } from '../../core/training/optimizers/muon.ts';
import type { OptimizerSpec } from '../../core/training/optimizers/registry.ts';
import type { Loss } from '../../core/training/recipe.ts';
import type { Buffer } from './buffer.ts';
import type { Images, Sliding } from './images.ts';
import type { SequenceOperations } from './sequence-operations.ts';

/**
 * Every operation of a training step: the buffers that it reads, those that it writes, and what stays the same from step to
 * step. Buffers are rows of values; shapes are in the attributes. An operation that changes a buffer both reads and writes it; no
 * other reads what it writes. What differs from step to step comes with the call: see `StepCall`.
 */
export interface Operations extends SequenceOperations {
  /** The samples of the batch as the network takes them, their classes, and what each sample's loss is multiplied by. */
  gather: {
    inputs: Record<never, Buffer>;
    outputs: { samples: Buffer; labels: Buffer; weights: Buffer | null };
    attributes: Record<never, number>;
  };
  /** Images changed at random as the call says, or as they were where it says nothing. `white`: the value of white. */
  augment: {
    inputs: { x: Buffer };
    outputs: { y: Buffer };
    attributes: { images: Images; white: number; bytes: boolean };
  };

  /** y = x kernel + bias, negative results set to 0 where `relu`. x: [rows, inputs], kernel: [inputs, units] */
  dense: {
    inputs: { x: Buffer; kernel: Buffer; bias: Buffer | null };
    outputs: { y: Buffer };
    attributes: Product & { relu: boolean };
  };
  /** dx = dy kernel^T */
  denseInputGradient: { inputs: { dy: Buffer; kernel: Buffer }; outputs: { dx: Buffer }; attributes: Product };
  /** dkernel = x^T dy */
  denseKernelGradient: { inputs: { x: Buffer; dy: Buffer }; outputs: { dkernel: Buffer }; attributes: Product };

  /**
   * A window slides over images, with bias; negative results set to 0 where `relu`. kernel: [size, size, in, filters]
   */
  conv2d: {
    inputs: { x: Buffer; kernel: Buffer; bias: Buffer | null };
    outputs: { y: Buffer };
    attributes: { sliding: Sliding; relu: boolean };
  };
  conv2dInputGradient: {
    inputs: { dy: Buffer; kernel: Buffer };
    outputs: { dx: Buffer };
    attributes: { sliding: Sliding };
  };
  conv2dKernelGradient: {
    inputs: { x: Buffer; dy: Buffer };
    outputs: { dkernel: Buffer };
    attributes: { sliding: Sliding };
  };

  /**
   * A window with filters of its own for each channel slides over images, with bias. kernel: [size, size, in, multiplier]; output
   * channel `c * multiplier + j` is channel c by its filter j, and the bias has a value for each.
   */
  depthwiseConv2d: {
    inputs: { x: Buffer; kernel: Buffer; bias: Buffer | null };
    outputs: { y: Buffer };
    attributes: { sliding: Sliding };
  };
  depthwiseConv2dInputGradient: {
    inputs: { dy: Buffer; kernel: Buffer };
    outputs: { dx: Buffer };
    attributes: { sliding: Sliding };
  };
  depthwiseConv2dKernelGradient: {
    inputs: { x: Buffer; dy: Buffer };
    outputs: { dkernel: Buffer };
    attributes: { sliding: Sliding };
  };

  /** The largest value of each window, channel by channel. */
  maxPool: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: { sliding: Sliding } };
  /** The gradient of each window to the first of its largest values. */
  maxPoolGradient: {
    inputs: { x: Buffer; y: Buffer; dy: Buffer };
    outputs: { dx: Buffer };
    attributes: { sliding: Sliding };
  };
  /** The mean of each window, channel by channel; what lies outside the image does not count. */
  averagePool: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: { sliding: Sliding } };
  /** The gradient of each window in equal shares to its pixels. */
  averagePoolGradient: { inputs: { dy: Buffer }; outputs: { dx: Buffer }; attributes: { sliding: Sliding } };

  /** The sum of each column: the gradient of a bias. x: [rows, columns] */
  columnSums: { inputs: { x: Buffer }; outputs: { sums: Buffer }; attributes: { rows: number; columns: number } };
  /** z = x + y, value by value. */
  add: { inputs: { x: Buffer; y: Buffer }; outputs: { z: Buffer }; attributes: { count: number } };

  /** y = activation(x); softmax by rows of `columns` values. */
  activate: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: Activated };
  /** dx = dy times the slope, which is computed from x or y; the other is null. */
  activateGradient: {
    inputs: { dy: Buffer; x: Buffer | null; y: Buffer | null };
    outputs: { dx: Buffer };
    attributes: Activated;
  };
  /**
   * Value i is kept where `uniformAt(key, i) >= rate` and divided by `1 - rate`, else 0; key: the stream `dropout` of the layer's
   * position and the step. The gradient is the same operation on dy.
   */
  dropout: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: Dropped };

  /** The same with whole channels: channel c of image n is kept as value `n * channels + c` would be. */
  dropChannels: {
    inputs: { x: Buffer };
    outputs: { y: Buffer };
    attributes: { images: Images; rate: number; position: number };
  };

  /** Rows of several matrices side by side. parts: [rows, widths[i]] each -> z: [rows, sum of the widths] */
  concatenate: {
    inputs: { parts: readonly Buffer[] };
    outputs: { z: Buffer };
    attributes: { rows: number; widths: readonly number[] };
  };
  /** Columns `first` to `first + width - 1` of each row. z: [rows, columns] -> x: [rows, width] */
  columnsOf: {
    inputs: { z: Buffer };
    outputs: { x: Buffer };
    attributes: { rows: number; columns: number; first: number; width: number };
  };

  /** Each row normalised by itself, with a factor and an offset for each column. x: [rows, channels] */
  normalizeRows: {
    inputs: { x: Buffer; gamma: Buffer | null; beta: Buffer | null };
    outputs: { y: Buffer };
    attributes: Channels & { epsilon: number };
  };
  /** `scaled`: dy times the normalised values, whose column sums are the gradient by gamma. */
  normalizeRowsGradient: {
    inputs: { x: Buffer; dy: Buffer; gamma: Buffer | null };
    outputs: { dx: Buffer; scaled: Buffer };
    attributes: Channels & { epsilon: number };
  };

  /** Each channel normalised by the batch's mean and biased variance, which come out as well. x: [rows, channels] */
  normalizeByBatch: {
    inputs: { x: Buffer; gamma: Buffer | null; beta: Buffer | null };
    outputs: { y: Buffer; mean: Buffer; variance: Buffer };
    attributes: Channels & { epsilon: number };
  };
  /** Gradients that nothing needs are left out. */
  normalizeByBatchGradient: {
    inputs: { x: Buffer; dy: Buffer; gamma: Buffer | null; mean: Buffer; variance: Buffer };
    outputs: { dx: Buffer | null; dgamma: Buffer | null; dbeta: Buffer | null };
    attributes: Channels & { epsilon: number };
  };
  /** moving = momentum moving + (1 - momentum) batch */
  follow: {
    inputs: { moving: Buffer; batch: Buffer };
    outputs: { moving: Buffer };
    attributes: { channels: number; momentum: number };
  };
  /** Each channel normalised by given statistics, as a frozen layer does. */
  normalizeByMoving: {
    inputs: { x: Buffer; mean: Buffer; variance: Buffer; gamma: Buffer | null; beta: Buffer | null };
    outputs: { y: Buffer };
    attributes: Channels & { epsilon: number };
  };
  normalizeByMovingGradient: {
    inputs: { dy: Buffer; variance: Buffer; gamma: Buffer | null };
    outputs: { dx: Buffer };
    attributes: Channels & { epsilon: number };
  };

  /**
   * Mean loss of the softmax of the logits [batch, classes], how many are right, and the gradient by the logits. Of a single
   * column z the two logits are 0 and z. metrics: [loss, hits]
   */
  loss: {
    inputs: { logits: Buffer; labels: Buffer; weights: Buffer | null };
    outputs: { dlogits: Buffer; metrics: Buffer };
    attributes: { batch: number; columns: number; loss: Loss; smoothing: number };
  };
  /** Adds `l1 * sum(|w|) + l2 * sum(w^2)` to the loss. */
  penalty: {
    inputs: { weight: Buffer; metrics: Buffer };
    outputs: { metrics: Buffer };
    attributes: { count: number; l1: number; l2: number };
  };
  /** gradient = l1 sign(w) + 2 l2 w */
  penaltyGradient: {
    inputs: { weight: Buffer };
    outputs: { gradient: Buffer };
    attributes: { count: number; l1: number; l2: number };
  };

  /** All gradients, as one vector, shortened to the length `norm`. The lists are the same. */
  clip: {
    inputs: { gradients: readonly Buffer[] };
    outputs: { gradients: readonly Buffer[] };
    attributes: { norm: number };
  };
  /** z = a x + b y, value by value. */
  blend: {
    inputs: { x: Buffer; y: Buffer };
    outputs: { z: Buffer };
    attributes: { count: number; a: number; b: number };
  };
  /** y = x / (sqrt(sum(x^2)) + epsilon) */
  toUnitLength: { inputs: { x: Buffer }; outputs: { y: Buffer }; attributes: { count: number; epsilon: number } };

  /** A weight and its slots moved by the optimizer's rule, weight decay included. */
  update: {
    inputs: { weight: Buffer; gradient: Buffer; slots: readonly Buffer[] };
    outputs: { weight: Buffer; slots: readonly Buffer[] };
    attributes: { count: number; optimizer: OptimizerSpec };
  };
  /**
   * A weight moved as a matrix by Muon: velocity = momentum velocity + gradient, weight = (1 - learning rate * weight decay) weight -
   * learning rate * scale * direction.
   */
  updateMatrix: {
    inputs: { weight: Buffer; gradient: Buffer; velocity: Buffer; direction: Buffer };
    outputs: { weight: Buffer; velocity: Buffer };
    attributes: { count: number; scale: number; optimizer: MuonSpec };
  };
  /** average += (1 - keep) (weight - average); at the first step of the run average = weight. */
  average: {
    inputs: { average: Buffer; weight: Buffer };
    outputs: { average: Buffer };
    attributes: { count: number; keep: number };
  };
}

/** A product of x [rows, inputs] and a kernel [inputs, units]. */
interface Product {
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
}

interface Activated {
  readonly activation: Activation;
  readonly count: number;
  /** The extent of the last axis. */
  readonly columns: number;
}

interface Dropped {
  readonly count: number;
  readonly rate: number;
  /** The layer's position in the graph. */
  readonly position: number;
  /** Whether the rate that the call gives for all layers takes the place of this one. */
  readonly adjustable: boolean;
}

interface Channels {
  readonly rows: number;
  readonly channels: number;
}

export type OperationName = keyof Operations;

/** One operation of a step. */
export type OperationOf<Name extends OperationName> = OneOf<Operations, Name>;

/** One of some operations that are described as `Operations` are. */
export type OneOf<All, Name extends keyof All> = Name extends keyof All
  ? { readonly name: Name } & { readonly [Part in keyof All[Name]]: Readonly<All[Name][Part]> }
  : never;

export type Operation = OperationOf<OperationName>;

/** Buffers by what they are to an operation. */
type Named = Readonly<Record<string, Buffer | readonly Buffer[] | null>>;

/** What any operation reads and writes. */
export interface Access {
  readonly name: string;
  readonly inputs: Named;
  readonly outputs: Named;
}

/** The buffers that an operation reads. */
export function readsOf({ inputs }: Pick<Access, 'inputs'>): readonly Buffer[] {
  return buffersIn(inputs);
}

/** The buffers that an operation writes. */
export function writesOf({ outputs }: Pick<Access, 'outputs'>): readonly Buffer[] {
  return buffersIn(outputs);
}

function buffersIn(named: Named): readonly Buffer[] {
  return Object.values(named).flatMap((value) => value ?? []);
}
