import { at } from '../../../core/at.ts';
import { type Shape, sizeOf } from '../../../core/network/shape.ts';
import type { Gpu } from '../gpu.ts';
import { passOf } from '../kernel.ts';
import { globalPoolShape } from '../kernels/average-pool.ts';
import { repack } from '../kernels/repack.ts';
import { extentOf, fromTexels, layoutOf } from '../layout.ts';
import type { Texture } from '../texture.ts';
import { accumulateGradients, addStage, type PartialGradient } from './add-stage.ts';
import { Arena } from './arena.ts';
import { type Clipping, clippingOf } from './clipping.ts';
import { convStage } from './conv-stage.ts';
import { denseStage } from './dense-stage.ts';
import type { Draw, StepCall } from './draw.ts';
import { lossDraws } from './loss-draws.ts';
import { normalizationStage } from './normalization-stage.ts';
import type { Parity } from './parameters.ts';
import type { PlanOptions } from './plan-options.ts';
import { isPlanned, type PlannedLayer, plannedTraitsOf } from './planned-layers.ts';
import {
  averagePoolStage,
  dropoutStage,
  flattenStage,
  identityStage,
  maxPoolStage,
  pointwiseStage,
  poolShapeOf,
} from './simple-stages.ts';
import { sourceDraws } from './source-draws.ts';
import type { Gradient, Site, Stage, Value } from './stage.ts';

/**
 * A whole pass through a network recorded once as a list of draws, for even and for odd steps: a training step with its
 * metrics, or an inference pass that ends in the logits, or in the outputs of the last layer of fewer layers. Owns
 * every texture but those of the samples and the weights.
 */
export class Plan {
  /** Loss and accuracy of step s in texel s % `REMEMBERED_STEPS`. */
  readonly metrics: Texture | null;
  /** Output values per image: one for each class where they are logits. */
  readonly width: number;
  readonly #output: Value;
  readonly #gpu: Gpu;
  readonly #arena: Arena;
  readonly #draws: Readonly<Record<Parity, readonly Draw[]>>;

  constructor(gpu: Gpu, options: PlanOptions) {
    this.#gpu = gpu;
    this.#arena = new Arena(gpu);
    const even = writePlan(this.#arena, options, 0);
    const odd = writePlan(this.#arena, options, 1);
    this.#draws = { 0: even.draws, 1: odd.draws };
    this.#output = even.output;
    this.width = sizeOf(shapeOf(even.output));
    this.metrics = even.metrics;
    for (const { pass, late } of [...even.draws, ...odd.draws]) if (!late) gpu.prepare(pass);
  }

  /** The draws of an even step, in order; of alternatives with a condition only one is drawn. */
  get draws(): readonly Draw[] {
    return this.#draws[0];
  }

  /** Queues all draws with the weights of the given parity. Does not wait for them. */
  run(parity: Parity, call: StepCall): void {
    for (const { pass, uniforms, area, when } of this.#draws[parity]) {
      if (when?.(call) ?? true) this.#gpu.run(pass, uniforms?.(call), area?.(call));
    }
  }

  /** The outputs [count, width] for the first samples of the last batch, when the device has computed them. */
  async readOutput(count: number, throwIfLost: () => void): Promise<Float32Array<ArrayBuffer>> {
    const { layout, texture } = this.#output;
    const some = { ...layout, batch: count };
    const { width, height } = extentOf(some);
    return fromTexels(some, await this.#gpu.readLater(texture, { x: 0, y: 0, width, height }, throwIfLost));
  }

  dispose(): void {
    for (const { pass } of [...this.#draws[0], ...this.#draws[1]]) this.#gpu.release(pass);
    this.#arena.dispose();
  }
}

interface Written {
  readonly draws: readonly Draw[];
  readonly output: Value;
  readonly metrics: Texture | null;
}

function writePlan(arena: Arena, options: PlanOptions, parity: Parity): Written {
  const source = sourceDraws(arena, options);
  const clipping = clippingFor(arena, options);
  const stages: Stage[] = [];
  const outputOf = (position: number) => stages[position]?.output ?? source.value;
  for (const [position, entry] of options.layers.entries()) {
    const site = siteOf(arena, options, clipping, position, parity);
    const [input = source.value, other = input] = entry.node.inputs.map(outputOf);
    stages.push(stageOf(site, entry, [input, other], options));
  }
  const output = outputOf(stages.length - 1);
  const forward = [...source.draws, ...stages.flatMap((stage) => stage.forward)];
  if (!options.training) return { ...readable(arena, forward, output), metrics: null };
  const loss = lossDraws(arena, options, output, parity);
  const back = backwardDraws(arena, stages, options.layers, loss.gradient);
  const draws = [...forward, ...loss.draws, ...inTurn(back, clipping)];
  return { draws, output, metrics: loss.metrics };
}

/** Adds a draw, if needed, that brings the output into a single layer of a texture, from which it can be read. */
function readable(arena: Arena, draws: readonly Draw[], output: Value): Pick<Written, 'draws' | 'output'> {
  if (output.layout.ways === 1) return { draws, output };
  const layout = layoutOf(output.layout.batch, shapeOf(output));
  const texture = arena.texture('readable output', extentOf(layout));
  const pass = passOf(repack(output.layout, layout), { source: output.texture }, [texture]);
  return { draws: [...draws, { pass }], output: { ...output, layout, texture } };
}

function shapeOf({ layout: { height, width, channels } }: Value): Shape {
  return [height, width, channels];
}

function clippingFor(arena: Arena, { layers, parameters, training, clipNorm = null }: PlanOptions): Clipping | null {
  if (!training || clipNorm === null) return null;
  const owners = layers.map(({ node: { weights } }, position) =>
    weights.some(({ trainable }) => trainable) ? parameters.of(position) : null,
  );
  return clippingOf(arena, owners, clipNorm);
}

/** The backward pass in the order in which it is drawn: with clipping, the draws marked `last` come after it. */
function inTurn(back: readonly Draw[], clipping: Clipping | null): readonly Draw[] {
  if (clipping === null) return back;
  return [...back.filter(({ last }) => !last), ...clipping.draws, ...back.filter(({ last }) => last)];
}

function siteOf(
  arena: Arena,
  { layers, optimizer, training }: PlanOptions,
  clipping: Clipping | null,
  position: number,
  parity: Parity,
): Site {
  const { maxTargets, maxSize } = arena.gpu;
  const above = layers.slice(0, position);
  return {
    texture: (name, extent) => arena.texture(`${position} ${name}`, extent),
    parity,
    position,
    training,
    optimizer,
    clip: clipping?.clips[position] ?? null,
    maxTargets,
    maxSize,
    inputLearns: above.some(({ node }) => node.weights.some(({ trainable }) => trainable)),
  };
}

/**
 * The inputs of a layer: the output of the layer above, or of the one that it branches from; and for an Add the other
 * one.
 */
type Inputs = readonly [Value, Value];

function stageOf(site: Site, entry: PlannedLayer, inputs: Inputs, options: PlanOptions): Stage {
  const stage = layerStage(site, entry, inputs, options);
  if (entry.after === null) return stage;
  const after = pointwiseStage(site, entry.after, stage.output);
  return {
    output: after.output,
    forward: [...stage.forward, ...after.forward],
    backward: (dy) => {
      const first = after.backward(dy);
      const second = stage.backward(first.dx ?? dy);
      return { ...second, draws: [...first.draws, ...second.draws] };
    },
  };
}

function layerStage(site: Site, { node, fused }: PlannedLayer, [input, other]: Inputs, options: PlanOptions): Stage {
  const { spec, output } = node;
  const parameters = () => options.parameters.of(site.position);
  if (!isPlanned(spec)) throw new RangeError(`There are no kernels for a layer of the kind ${spec.kind}.`);
  switch (spec.kind) {
    case 'conv2d':
      return convStage(site, spec, input, parameters(), fused);
    case 'dense':
      return denseStage(site, input, parameters(), fused);
    case 'batchNormalization':
      return normalizationStage(site, spec, input, parameters(), fused);
    case 'maxPooling2d':
      return maxPoolStage(site, spec, input);
    case 'averagePooling2d':
      return averagePoolStage(site, poolShapeOf(spec, input), input);
    case 'globalAveragePooling2d':
      return averagePoolStage(site, globalPoolShape(input.layout), input);
    case 'flatten':
      return flattenStage(site, at(output, 0), input, mayStayImage(options.layers, site.position));
    case 'dropout':
      return dropoutStage(site, spec.rate, input);
    case 'add':
      return addStage(site, input, other, fused);
    case 'activation':
    case 'branch':
      return identityStage(input);
    default:
      return spec satisfies never;
  }
}

/**
 * Whether all readers of a flattened image accept the layout of an image: dense layers, and layers that only lead to
 * dense layers.
 */
function mayStayImage(layers: readonly PlannedLayer[], position: number): boolean {
  const readers = [...layers.entries()].filter(([, { node }]) => node.inputs.includes(position));
  const indifferent = readers.every(([reader, { node }]) => {
    const flattened = plannedTraitsOf(node.spec)?.flattened;
    return flattened === 'takes' || (flattened === 'passes' && mayStayImage(layers, reader));
  });
  return readers.length > 0 && indifferent;
}

/**
 * From the last layer to the first, so that when a layer's turn comes, all readers of its output have added their part
 * of its gradient.
 */
function backwardDraws(
  arena: Arena,
  stages: readonly Stage[],
  layers: readonly PlannedLayer[],
  loss: Gradient,
): Draw[] {
  const draws: Draw[] = [];
  const shares = new Map<number, readonly PartialGradient[]>([[stages.length - 1, [{ ...loss, sloped: true }]]]);
  for (const [position, stage] of [...stages.entries()].reverse()) {
    const named: Site['texture'] = (name, extent) => arena.texture(`${position} ${name}`, extent);
    const { draws: gathered, gradient } = accumulateGradients(named, stage.output, shares.get(position) ?? []);
    if (gradient === null) continue;
    const back = stage.backward(gradient);
    draws.push(...gathered, ...back.draws);
    if (back.dx === null) continue;
    const share = { ...back.dx, sloped: !back.unsloped };
    for (const input of layers[position]?.node.inputs ?? []) {
      if (input >= 0) shares.set(input, [...(shares.get(input) ?? []), share]);
    }
  }
  return draws;
}
