import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { Buffer } from '../step/buffer.ts';
import { Uses } from '../step/uses.ts';
import type { Draw, Outside, Place, StepPlace } from './draw.ts';
import type { Extent } from './fold.ts';
import { operationsIn, type Task } from './fuse.ts';
import type { Gpu } from './gpu.ts';
import type { Kernel } from './kernel.ts';
import { type WeightLayout, weightLayout, weightsToTexels } from './kernels/conv-shape.ts';
import { fromWeights, matrixLayout, matrixRow, wholeGradient } from './kernels/matrix.ts';
import type { PartialLayout } from './kernels/partial.ts';
import type { Penalty } from './kernels/penalty.ts';
import { repack } from './kernels/repack.ts';
import { extentOf, type ImageLayout, isFlat, layoutOf } from './layout.ts';
import type { SampleLayout } from './sample-texture.ts';
import { copied, plain, type Seen, viewedAs } from './views.ts';
import { pairLayout, pairsOf, type WeightPair } from './weight-pairs.ts';

/** A value that was computed: where it lies, and how. */
export interface Placed {
  readonly layout: ImageLayout;
  readonly place: StepPlace;
}

/** The gradient of the weights in one texture: a kernel and a bias, or gamma and beta, one of which may be missing. */
export interface WeightGradient {
  readonly layout: WeightLayout;
  readonly partial: PartialLayout;
  readonly place: Place;
  readonly penalty: Penalty;
  readonly kernel: Buffer | null;
  readonly bias: Buffer | null;
}

/** What draws are made for. */
export interface LoweringOptions {
  readonly device: Pick<Gpu, 'maxTargets' | 'maxSize'>;
  readonly dataset: DatasetSpec;
  /** How the samples lie that are gathered. */
  readonly stored: SampleLayout;
}

/** Collects the draws of a list of tasks, and where each buffer lies. */
export class Lowering {
  readonly device: Pick<Gpu, 'maxTargets' | 'maxSize'>;
  readonly dataset: DatasetSpec;
  readonly stored: SampleLayout;
  readonly uses: Uses;
  /** Where the factor lies that shortens all gradients; null where they are not clipped. */
  clipFactor: Place | null = null;
  readonly #draws: Draw[] = [];
  readonly #values = new Map<Buffer, Placed>();
  readonly #views = new Map<Buffer, Placed[]>();
  readonly #gradients = new Map<Buffer, WeightGradient>();
  readonly #weights: readonly WeightPair[];
  readonly #layouts = new Map<object, ImageLayout>();
  readonly #places = new Map<object, Place>();

  constructor(tasks: readonly Task[], { device, dataset, stored }: LoweringOptions) {
    this.device = device;
    this.dataset = dataset;
    this.stored = stored;
    const operations = tasks.flatMap(operationsIn);
    this.uses = new Uses(operations);
    this.#weights = pairsOf(operations);
  }

  get draws(): readonly Draw[] {
    return this.#draws;
  }

  /** Adds a draw. Of `reads` only what the kernel reads is bound. */
  draw(
    kernel: Kernel,
    reads: Readonly<Record<string, Place>>,
    writes: readonly Place[],
    more: Omit<Draw, 'kernel' | 'reads' | 'writes'> = {},
  ): void {
    const bound = Object.fromEntries(Object.entries(reads).filter(([name]) => name in kernel.inputs));
    this.#draws.push({ kernel, reads: bound, writes, ...more });
  }

  /** A texture for what one draw leaves to the next. */
  scratch(name: string, extent: Extent): StepPlace {
    return { kind: 'step', name, extent };
  }

  /** Says in which layout a value will lie, and gives the texture for it. */
  put(buffer: Buffer, layout: ImageLayout): StepPlace {
    const place = this.scratch(buffer.name, extentOf(layout));
    this.#values.set(buffer, { layout, place });
    return place;
  }

  /** A value as it lies. Weights, slots and gradients of weights are made into matrices first. An Error where it was not computed. */
  valueOf(buffer: Buffer): Placed {
    return this.#values.get(buffer) ?? this.#matrixOf(buffer);
  }

  #matrixOf(buffer: Buffer): Placed {
    const gradient = this.#gradients.get(buffer);
    if (gradient === undefined) return this.fromWeights(buffer, buffer, { name: 'weights as a matrix', value: 'w' });
    const { layout, partial, penalty, kernel } = gradient;
    // Other products of the same kind are not clipped.
    const factor = kernel && this.clipFactor;
    const reads = {
      gradient: gradient.place,
      ...(kernel && { weights: this.lasting(kernel) }),
      ...(factor && { factor }),
    };
    const place = this.put(buffer, matrixLayout(layout));
    this.draw(wholeGradient(layout, partial, penalty, factor !== null), reads, [place]);
    return this.valueOf(buffer);
  }

  /** Puts a matrix that is made of weights or slots value by value; of biases a single row. `value`: GLSL of what `w` becomes. */
  fromWeights(weight: Buffer, result: Buffer, made: { readonly name: string; readonly value: string }): Placed {
    const { layout, bias } = this.pairOf(weight);
    const isBias = bias === weight;
    const place = this.put(result, isBias ? layoutOf(1, [layout.filters]) : matrixLayout(layout));
    this.draw(fromWeights(layout, { ...made, bias: isBias }), { weights: this.lasting(weight) }, [place]);
    return this.valueOf(result);
  }

  /** A value as images of the given shape; copied where it lies otherwise. */
  imagesOf(buffer: Buffer, seen: Seen): Placed {
    const own = this.valueOf(buffer);
    const views = this.#views.get(buffer) ?? [];
    for (const { layout: from, place } of [own, ...views]) {
      const layout = viewedAs(from, seen);
      if (layout !== null) return { layout, place };
    }
    const { source, to } = copied(own.layout, seen);
    const place = this.scratch(`${buffer.name} copied`, extentOf(to));
    this.draw(repack(source, to), { source: own.place }, [place]);
    this.#views.set(buffer, [...views, { layout: to, place }]);
    return { layout: viewedAs(to, seen) ?? to, place };
  }

  /** A value in the very layout that is asked for; copied where it lies otherwise. */
  inLayout(buffer: Buffer, layout: ImageLayout): Place {
    const own = this.imagesOf(buffer, layout);
    if (own.layout.ways === layout.ways) return own.place;
    const place = this.scratch(`${buffer.name} copied`, extentOf(layout));
    this.draw(repack(own.layout, layout), { source: own.place }, [place]);
    return place;
  }

  /** A value in a texture of a single layer; copied where it lies in several. */
  readableOf(buffer: Buffer): Placed {
    const own = this.valueOf(buffer);
    if (own.layout.ways === 1) return own;
    const layout = plain(own.layout);
    const place = this.scratch(`${buffer.name} readable`, extentOf(layout));
    this.draw(repack(own.layout, layout), { source: own.place }, [place]);
    return { layout, place };
  }

  /** A value as vectors [rows, width], each in a texture row. */
  vectorsOf(buffer: Buffer, rows: number, width: number): Placed {
    return this.imagesOf(buffer, { batch: rows, height: 1, width: 1, channels: width });
  }

  /** The same, where an image in the order of its flattened vector will do. */
  rowsOf(buffer: Buffer, rows: number, width: number): Placed {
    const own = this.valueOf(buffer);
    const { layout } = own;
    const flat = layout.batch === rows && layout.height * layout.width * layout.channels === width && isFlat(layout);
    return flat ? own : this.vectorsOf(buffer, rows, width);
  }

  /** A value as rows of so many channels, whatever images they are in. */
  channelsOf(buffer: Buffer, rows: number, channels: number): Placed {
    const own = this.valueOf(buffer);
    return own.layout.channels === channels ? own : this.vectorsOf(buffer, rows, channels);
  }

  /** Weights or slots as this step reads them, or as it leaves them. */
  lasting(buffer: Buffer, side: 'now' | 'next' = 'now'): Place {
    return { kind: 'lasting', buffer, side };
  }

  /** Weights with a value for each channel; where there are none, the same value for all, above zeros. */
  channelWeights(weights: Buffer | null, channels: number, value: number): Place {
    if (weights !== null) return this.lasting(weights);
    const layout = pairLayout(channels, true);
    const texels = weightsToTexels(layout, new Float32Array(channels).fill(value), []);
    return { kind: 'constant', extent: { width: layout.columns, height: 2, layers: 1 }, texels };
  }

  /** Which weights lie together with this one. */
  pairOf(weight: Buffer): WeightPair {
    const pair = this.#weights.find(({ kernel, bias }) => kernel === weight || bias === weight);
    if (pair === undefined) throw new Error(`${weight.name} lies in no texture.`);
    return pair;
  }

  /** What a product multiplies by: a kernel among the weights, or a matrix of the step. */
  kernelOf(kernel: Buffer, inputs: number, units: number): { readonly weights: WeightLayout; readonly place: Place } {
    if (kernel.role !== 'step') return { weights: this.weightsOf(kernel), place: this.lasting(kernel) };
    const weights = { ...weightLayout(1, inputs, units, false), biasRow: inputs };
    return { weights, place: this.vectorsOf(kernel, inputs, units).place };
  }

  /** How a kernel lies in its texture. */
  weightsOf(kernel: Buffer): WeightLayout {
    return this.pairOf(kernel).layout;
  }

  outside(name: Outside): Place {
    return { kind: 'outside', name };
  }

  /** Says where the gradient of weights lies. `buffers`: those that stand for it. */
  putGradient(buffers: readonly Buffer[], gradient: WeightGradient): void {
    for (const buffer of buffers) this.#gradients.set(buffer, gradient);
  }

  /** The gradient of weights, also where it was computed as a matrix. */
  gradientOf(buffer: Buffer): WeightGradient {
    const known = this.#gradients.get(buffer);
    if (known !== undefined) return known;
    const weight = this.uses.moverOf(buffer)?.inputs.weight;
    if (weight === undefined) throw new Error(`${buffer.name} is no gradient of weights.`);
    const { layout, bias } = this.pairOf(weight);
    const isBias = bias === weight;
    const { row, exists } = matrixRow(layout);
    const value = this.vectorsOf(buffer, isBias ? 1 : layout.taps * layout.inputs, layout.filters);
    const { width, height } = extentOf(value.layout);
    const found = { weightAt: `ivec3(column, ${row}, 0)`, biasAt: 'ivec3(column, 0, 0)', exists };
    const gradient: WeightGradient = {
      layout: { ...layout, bias: isBias },
      partial: { splits: 1, rows: 1, width, height, ...found },
      place: value.place,
      penalty: { l1: 0, l2: 0 },
      ...(isBias ? { kernel: null, bias: weight } : { kernel: weight, bias: null }),
    };
    this.#gradients.set(buffer, gradient);
    return gradient;
  }

  /** Has an operation of the backward pass find a layout of the forward pass, under an object that both know. */
  rememberLayout(key: object, layout: ImageLayout): void {
    this.#layouts.set(key, layout);
  }

  rememberedLayout(key: object): ImageLayout | null {
    return this.#layouts.get(key) ?? null;
  }

  /** The same with a texture that is no value of the step. */
  rememberPlace(key: object, place: Place): void {
    this.#places.set(key, place);
  }

  rememberedPlace(key: object): Place {
    const place = this.#places.get(key);
    if (place === undefined) throw new Error('Nothing was remembered of the forward pass.');
    return place;
  }
}
