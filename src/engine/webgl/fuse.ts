import type { Buffer } from '../step/buffer.ts';
import { type Operation, type OperationName, type OperationOf, writesOf } from '../step/operation.ts';
import { Uses } from '../step/uses.ts';
import { isFused } from './kernels/activations.ts';
import { movedSlopes } from './slopes.ts';

/** What kernels do along with an operation. */
export interface Fused {
  /** A function applied to the operation's result, or a slope that it is multiplied by: its output takes the place of the result. */
  readonly then: OperationOf<'activate'> | OperationOf<'activateGradient'> | null;
  readonly others: readonly Operation[];
}

/** An operation with the neighbours that are carried out along with it. */
export interface Task extends Fused {
  readonly operation: Operation;
}

/** What can apply a function to its result. */
const TAKES_ACTIVATION: ReadonlySet<OperationName> = new Set([
  ...(['conv2d', 'depthwiseConv2d', 'dense', 'normalizeByBatch', 'normalizeByMoving', 'add'] as const),
]);

/** What can multiply its result by a slope. */
const TAKES_SLOPE: ReadonlySet<OperationName> = new Set([
  ...([
    'conv2dInputGradient',
    'denseInputGradient',
    'averagePoolGradient',
    'dropout',
    'dropChannels',
    'activateGradient',
  ] as const),
  ...(['normalizeByBatchGradient', 'normalizeByMovingGradient', 'add'] as const),
]);

/** The most values that one draw adds up: a shader has 16 samplers, and one is for the slope. */
const MOST_SUMMANDS = 15;

/**
 * Operations in the order in which they are drawn, each with the neighbours that one kernel carries out with it. An optimizer's operation comes as
 * soon as its gradient is known, unless gradients are clipped. `kept`: a value that is read afterwards.
 */
export function fuse(operations: readonly Operation[], kept: Buffer | null = null): readonly Task[] {
  const list = movedSlopes(operations);
  const uses = new Uses(list);
  const sums = sumsIn(list, uses);
  const taken = new Set<Operation>([...sums.values()].flat());
  const tasks: Task[] = [];
  for (const operation of list) {
    if (taken.has(operation)) continue;
    const others = sums.get(operation) ?? companionsOf(operation, uses);
    const then = followerOf(operation, uses, kept);
    for (const other of [...others, ...(then ? [then] : [])]) taken.add(other);
    tasks.push({ operation, then, others });
  }
  return inTurn(tasks.filter(({ operation }) => !taken.has(operation)));
}

/** All operations of a task. */
export function operationsIn({ operation, then, others }: Task): readonly Operation[] {
  return [operation, ...others, ...(then ? [then] : [])];
}

function followerOf(operation: Operation, uses: Uses, kept: Buffer | null): Fused['then'] {
  const [result] = writesOf(operation);
  if (result === undefined || result === kept) return null;
  const reader = uses.onlyReaderOf(result);
  if (reader?.name === 'activate') {
    const free = !('relu' in operation.attributes && operation.attributes.relu);
    return free && TAKES_ACTIVATION.has(operation.name) && isFused(reader.attributes.activation) ? reader : null;
  }
  if (reader?.name !== 'activateGradient' || reader.inputs.dy !== result || reader.inputs.y === null) return null;
  if (!isFused(reader.attributes.activation)) return null;
  return TAKES_SLOPE.has(operation.name) && slopesOwn(operation, reader.inputs.y) ? reader : null;
}

/** Whether a slope can be computed with what an operation's kernel reads: some take it only of their own input, or none. */
function slopesOwn(operation: Operation, value: Buffer): boolean {
  if (operation.name === 'normalizeByBatchGradient') return operation.inputs.x === value;
  if (operation.name !== 'activateGradient') return true;
  if (operation.attributes.activation === 'softmax') return false;
  return operation.inputs.x === null || operation.inputs.x === value;
}

function companionsOf(operation: Operation, uses: Uses): readonly Operation[] {
  switch (operation.name) {
    case 'gather':
      return some(uses.readerOf(operation.outputs.samples, 'augment'));
    case 'loss':
      return uses.readersOf(operation.outputs.metrics).filter(({ name }) => name === 'penalty');
    case 'normalizeByBatch': {
      const { mean, variance } = operation.outputs;
      return [...some(uses.readerOf(mean, 'follow')), ...some(uses.readerOf(variance, 'follow'))];
    }
    case 'denseKernelGradient':
    case 'conv2dKernelGradient':
    case 'depthwiseConv2dKernelGradient':
      return withKernelGradient(operation, uses);
    case 'update':
      return some(partnerOf(operation, uses));
    default:
      return [];
  }
}

function some(operation: Operation | null): readonly Operation[] {
  return operation === null ? [] : [operation];
}

/** Sums of two values with those that they are made of, outermost first: one draw adds up any number. */
function sumsIn(operations: readonly Operation[], uses: Uses): ReadonlyMap<Operation, readonly Operation[]> {
  const sums = new Map<Operation, readonly Operation[]>();
  const inner = new Set<Operation>();
  for (const operation of operations.toReversed()) {
    if (operation.name !== 'add' || inner.has(operation)) continue;
    const own = innerSums(operation, uses);
    for (const sum of own) inner.add(sum);
    sums.set(operation, own);
  }
  return sums;
}

/** Sums that only this one reads. */
function innerSums(sum: OperationOf<'add'>, uses: Uses): readonly Operation[] {
  const inner: Operation[] = [];
  const open = [sum];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    for (const part of [next.inputs.x, next.inputs.y]) {
      const writer = uses.writerOf(part);
      if (writer?.name !== 'add' || uses.onlyReaderOf(part) === null) continue;
      if (next.inputs.x === next.inputs.y || inner.length + 2 >= MOST_SUMMANDS) continue;
      inner.push(writer);
      open.push(writer);
    }
  }
  return inner;
}

/** The gradient of the bias that was added along with the kernel, and that of the penalty on the kernel. */
function withKernelGradient(
  { inputs, outputs }: OperationOf<'denseKernelGradient' | 'conv2dKernelGradient' | 'depthwiseConv2dKernelGradient'>,
  uses: Uses,
): readonly Operation[] {
  const penalised = penaltyOn(outputs.dkernel, uses);
  const kernel = uses.moverOf(penalised?.sum.outputs.z ?? outputs.dkernel)?.inputs.weight;
  const bias = kernel && biasOf(kernel, uses);
  const gradient = bias && updateOf(bias, uses)?.inputs.gradient;
  const sums = gradient ? uses.writerOf(gradient) : null;
  return [
    ...(sums?.name === 'columnSums' && sums.inputs.x === inputs.dy ? [sums] : []),
    ...(penalised ? [penalised.penalty, penalised.sum] : []),
  ];
}

/** The operations that add the gradient of a penalty to a gradient, where nothing else is added to both. */
function penaltyOn(gradient: Buffer, uses: Uses) {
  const sum = uses.onlyReaderOf(gradient);
  if (sum?.name !== 'add' || uses.moverOf(sum.outputs.z) === null) return null;
  const penalty = uses.writerOf(sum.inputs.x === gradient ? sum.inputs.y : sum.inputs.x);
  return penalty?.name === 'penaltyGradient' ? { penalty, sum } : null;
}

/** The optimizer's operation on the bias or beta that lies in one texture with a kernel or gamma. */
function partnerOf({ inputs: { weight } }: OperationOf<'update'>, uses: Uses): Operation | null {
  const bias = biasOf(weight, uses);
  return bias && updateOf(bias, uses);
}

/** The bias or beta that belongs to a kernel or gamma; null where there is none. */
function biasOf(weight: Buffer, uses: Uses): Buffer | null {
  for (const reader of uses.readersOf(weight)) {
    if (reader.name === 'dense' || reader.name === 'conv2d' || reader.name === 'depthwiseConv2d') {
      if (reader.inputs.kernel === weight) return reader.inputs.bias;
    }
    if (reader.name === 'normalizeByBatch' && reader.inputs.gamma === weight) return reader.inputs.beta;
  }
  return null;
}

function updateOf(weight: Buffer, uses: Uses): OperationOf<'update'> | null {
  return uses.readerOf(weight, 'update');
}

/** The optimizer's operations right behind what they need. They write where nothing reads yet. */
function inTurn(tasks: readonly Task[]): readonly Task[] {
  if (tasks.some(({ operation }) => operation.name === 'clip')) return tasks;
  const [updates, others] = [true, false].map((wanted) =>
    tasks.filter(({ operation }) => (operation.name === 'update') === wanted),
  );
  const waiting = new Set(updates);
  const known = new Set<Buffer>();
  const ready = (task: Task) =>
    operationsIn(task).every((operation) => operation.name !== 'update' || known.has(operation.inputs.gradient));
  return (others ?? []).flatMap((task) => {
    for (const buffer of operationsIn(task).flatMap(writesOf)) known.add(buffer);
    const next = [...waiting].filter(ready);
    for (const update of next) waiting.delete(update);
    return [task, ...next];
  });
}
