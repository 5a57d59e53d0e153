import { at } from '../../core/at.ts';
import { inputShapeOf } from '../../core/dataset/spec.ts';
import type { Graph } from '../../core/network/graph.ts';
import type { GraphNode } from '../../core/network/graph-node.ts';
import type { WeightName } from '../../core/network/layers/definition.ts';
import type { LayerSpec } from '../../core/network/layers/registry.ts';
import { sizeOf } from '../../core/network/shape.ts';
import { areMatrices } from '../../core/training/optimizers/muon.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { largestValue } from '../../dataset/values.ts';
import type { Buffer } from './buffer.ts';
import { imagesIn } from './images.ts';
import { recordLayer } from './layers/registry.ts';
import type { Operation } from './operation.ts';
import { Recorder, type Value } from './recorder.ts';
import { slopesBeforePools } from './slopes-before-pools.ts';
import type { Step } from './step.ts';
import { type RecordedWeight, recordUpdates } from './updates.ts';

/** Why a training cannot be recorded, as a clause; null if it can. The tape does the others. */
export function unrecordedReason({ nodes }: Graph): string | null {
  return nodes.some(({ weights }) => weights.some(({ trainable }) => trainable)) ? null : 'no weight that is trained';
}

/** A training step of a network by a recipe. The graph must be without `unrecordedReason`. */
export function recordStep(graph: Graph, recipe: Recipe): Step {
  const recorder = new Recorder();
  const weights = graph.nodes.map((node) => weightsOf(node));
  const { samples, labels, sampleWeights, input } = recordBatch(recorder, graph, recipe);
  const logits = recordLayers(recorder, graph.nodes, { weights, input, training: true });
  const all = weights.flat();
  const metrics = recordLoss(recorder, recipe, { logits, labels, sampleWeights });
  recordPenalties(recorder, all, metrics);
  recorder.recordBackward();
  const { operations, answering, slots } = recordUpdates(recorder, recipe, all, areMatrices(graph));
  return {
    operations: [...slopesBeforePools(recorder.operations), ...recorder.late, ...operations],
    commit: recorder.operations.length,
    batch: recipe.batchSize,
    ...{ samples, labels, sampleWeights, metrics, slots },
    weights: answering,
    trained: all.map(({ value }) => value.buffer),
  };
}

/** The outputs of one layer for a batch of samples, without any randomness. */
export interface RecordedAnswer {
  readonly operations: readonly Operation[];
  readonly output: Buffer;
}

/**
 * The outputs of the layer at a position of the graph, logits where it is the last one; at -1 the samples themselves. `weights`: those of a
 * recorded step, or of `weightBuffers`. A RangeError where there is no such layer.
 */
export function recordAnswer(
  graph: Graph,
  weights: readonly Buffer[],
  { batch, position }: { readonly batch: number; readonly position: number },
): RecordedAnswer {
  if (position < -1 || position >= graph.nodes.length)
    throw new RangeError(`There is no layer at position ${position}.`);
  const recorder = new Recorder();
  const shape = [batch, ...inputShapeOf(graph.dataset)];
  const samples = recorder.buffer('samples', shape);
  const labels = recorder.buffer('labels', [batch], 'int32');
  recorder.emit({ name: 'gather', inputs: {}, outputs: { samples, labels, weights: null }, attributes: {} });
  let taken = 0;
  const named = graph.nodes.map((node) => {
    const own = weights.slice(taken, taken + node.weights.length);
    taken += node.weights.length;
    return weightsOf(node, own);
  });
  const input = { buffer: samples, shape, learns: false };
  const output = recordLayers(recorder, graph.nodes, { weights: named, input, training: false, count: position + 1 });
  return { operations: recorder.operations, output: output.buffer };
}

/** Buffers for every weight, in the order of the graph. */
export function weightBuffers({ nodes }: Graph): readonly Buffer[] {
  return nodes.flatMap((node) => weightsOf(node).map(({ value }) => value.buffer));
}

function weightsOf({ name, weights }: GraphNode, known: readonly Buffer[] = []): readonly RecordedWeight[] {
  return weights.map((spec, index) => {
    const { shape, trainable } = spec;
    const buffer: Buffer = known[index] ?? { name: `${name} ${spec.name}`, role: 'weight', type: 'float32', shape };
    return { spec, value: { buffer, shape, learns: trainable } };
  });
}

function recordBatch(recorder: Recorder, { dataset }: Graph, { batchSize, classWeights }: Recipe) {
  const shape = [batchSize, ...inputShapeOf(dataset)];
  const samples = recorder.buffer('samples', shape);
  const labels = recorder.buffer('labels', [batchSize], 'int32');
  const sampleWeights = classWeights === 'none' ? null : recorder.buffer('sample weights', [batchSize]);
  recorder.emit({ name: 'gather', inputs: {}, outputs: { samples, labels, weights: sampleWeights }, attributes: {} });
  const { samples: kind } = dataset;
  if (kind.kind !== 'image')
    return { samples, labels, sampleWeights, input: { buffer: samples, shape, learns: false } };
  const input = recorder.value('augmented samples', shape, []);
  const attributes = { images: imagesIn(shape), white: largestValue(kind), bytes: kind.storage === 'uint8' };
  recorder.emit({ name: 'augment', inputs: { x: samples }, outputs: { y: input.buffer }, attributes });
  return { samples, labels, sampleWeights, input };
}

interface Pass {
  readonly weights: readonly (readonly RecordedWeight[])[];
  readonly input: Value;
  readonly training: boolean;
  /** How many layers are recorded; all if left out. */
  readonly count?: number;
}

/** Records the forward pass up to the logits: the last softmax or sigmoid is part of the loss. */
function recordLayers(
  recorder: Recorder,
  nodes: readonly GraphNode[],
  { weights, input, training, count = nodes.length }: Pass,
): Value {
  const outputs: Value[] = [];
  nodes.slice(0, count).forEach((node, position) => {
    const spec = position === nodes.length - 1 ? linear(node.spec) : node.spec;
    const [first = input, ...rest] = node.inputs.map((place) => outputs[place] ?? input);
    const named = namedWeights(at(weights, position));
    const inputs = [first, ...rest] as const;
    outputs.push(recordLayer(spec.kind, { recorder, spec, node, position, training, inputs, ...named }));
  });
  return outputs.at(-1) ?? input;
}

function linear(spec: LayerSpec): LayerSpec {
  return 'activation' in spec ? { ...spec, activation: 'linear' } : spec;
}

function namedWeights(weights: readonly RecordedWeight[]) {
  const find = (name: WeightName) => weights.find(({ spec }) => spec.name === name)?.value ?? null;
  const get = (name: WeightName) => {
    const found = find(name);
    if (found === null) throw new Error(`The layer has no weight named ${name}.`);
    return found;
  };
  return { find, get };
}

interface Answered {
  readonly logits: Value;
  readonly labels: Buffer;
  readonly sampleWeights: Buffer | null;
}

function recordLoss(
  recorder: Recorder,
  { loss, labelSmoothing, batchSize: batch }: Recipe,
  { logits, labels, sampleWeights }: Answered,
): Buffer {
  const metrics: Buffer = { name: 'metrics', role: 'metrics', type: 'float32', shape: [2] };
  const dlogits = recorder.buffer('logits gradient', logits.shape);
  const attributes = { batch, columns: sizeOf(logits.shape) / batch, loss, smoothing: labelSmoothing };
  const inputs = { logits: logits.buffer, labels, weights: sampleWeights };
  recorder.emit({ name: 'loss', inputs, outputs: { dlogits, metrics }, attributes });
  recorder.give(logits, dlogits);
  return metrics;
}

/** Their gradients come first, the last weight's before the others. */
function recordPenalties(recorder: Recorder, weights: readonly RecordedWeight[], metrics: Buffer): void {
  const penalized = weights.filter(({ spec: { l1, l2 } }) => l1 !== 0 || l2 !== 0);
  for (const { spec, value } of penalized) {
    const attributes = { count: sizeOf(spec.shape), l1: spec.l1, l2: spec.l2 };
    recorder.emit({
      name: 'penalty',
      inputs: { weight: value.buffer, metrics },
      outputs: { metrics },
      attributes,
    });
  }
  for (const { spec, value } of penalized.toReversed()) {
    if (!value.learns) continue;
    const gradient = recorder.buffer(`${value.buffer.name} penalty gradient`, spec.shape);
    const attributes = { count: sizeOf(spec.shape), l1: spec.l1, l2: spec.l2 };
    recorder.emit({ name: 'penaltyGradient', inputs: { weight: value.buffer }, outputs: { gradient }, attributes });
    recorder.give(value, gradient);
  }
}
