import type { LayerKind, SpecOf } from '../network/layers/registry.ts';
import type { Shape } from '../network/shape.ts';

/**
 * How a layer is written in PyTorch, where the channels of images come first: modules that it owns, and what it does with
 * its inputs.
 */
export interface TorchLayer {
  /** The modules, by the ending of their name; the empty one is the layer's own name. */
  readonly modules: Readonly<Record<string, string>>;
  /** The weights that start by the kernel initializer and that penalties count, as endings of the layer's name. */
  readonly kernels?: readonly string[];
  /** Weights that PyTorch has and Keras has not, as endings of the layer's name: they stay as they start. */
  readonly frozen?: readonly string[];
  /** The expression for the output; `self` gives the name of a module. */
  forward(inputs: readonly string[], self: (ending?: string) => string): string;
}

/** What a generator knows of a layer. */
export interface TorchSite<Kind extends LayerKind> {
  readonly spec: SpecOf<Kind>;
  readonly input: Shape;
  readonly output: Shape;
  /** Whether it is the last layer, whose softmax or sigmoid belongs to the loss. */
  readonly last: boolean;
}

/** What writes a kind of layer. */
export type Writer<Kind extends LayerKind> = (site: TorchSite<Kind>) => TorchLayer;

/** A module that is called with its input. */
export function plain(module: string): TorchLayer {
  return { modules: { '': module }, forward: ([x = 'x'], self) => `${self()}(${x})` };
}

/** An expression without a module. */
export function expression(write: (x: string, other: string) => string): TorchLayer {
  return { modules: {}, forward: ([x = 'x', other = 'x']) => write(x, other) };
}

/** Images with their channels last, as Keras has them: for what depends on the order of values. */
export function channelsLast(x: string, { length }: Shape): string {
  return length === 3 ? `${x}.permute(0, 2, 3, 1)` : x;
}

/** Images with their channels first again. */
export function channelsFirst(x: string, { length }: Shape): string {
  return length === 3 ? `${x}.permute(0, 3, 1, 2)` : x;
}
