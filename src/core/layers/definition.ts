import type { Initializer } from '../initializers.ts';
import type { Shape } from '../shape.ts';
import type { LayerSpec } from './registry.ts';

/** Where a kind of layer belongs; cards take their colour from it, the palette its order. */
export type LayerGroup = 'convolution' | 'pooling' | 'dense' | 'shape' | 'activation' | 'normalization' | 'dropout';

/** What every layer carries whatever its kind: an id that edits keep, and whether data passes it by. */
export interface LayerBase {
  readonly id: string;
  /** A layer that is switched off stays in the list and is left out of the network. */
  readonly off: boolean;
}

/** One weight tensor of a layer. Its parameters are counted, initialised and trained from this description alone. */
export interface WeightSpec {
  readonly name: 'kernel' | 'bias' | 'gamma' | 'beta' | 'movingMean' | 'movingVariance';
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly trainable: boolean;
  /** Penalties added to the loss: `l1 * sum(|w|) + l2 * sum(w^2)`, as in Keras. */
  readonly l1: number;
  readonly l2: number;
}

/** An option that people edit, described once: the editor draws it, validation checks it, defaults come from it. */
export type OptionField = {
  readonly option: string;
  readonly label: string;
  /** One sentence for a student: what it does, and its usual range. */
  readonly explanation: string;
} & (
  | {
      readonly type: 'integer' | 'number';
      readonly min: number;
      readonly max: number;
      readonly steps?: readonly number[];
    }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'switch' }
);

/** Why a layer cannot take its input: the sentence, the sum behind it, and option changes that would settle it. */
export interface Misfit {
  readonly code: 'rank' | 'collapse';
  readonly message: string;
  /** New option values for this layer, each with a button's label. */
  readonly options: readonly { readonly label: string; readonly values: Readonly<Record<string, unknown>> }[];
  /** Whether a Flatten before the layer would settle it. */
  readonly flatten: boolean;
}

/** The shape that leaves a layer, or why none does. */
export type Inference = { readonly shape: Shape } | { readonly misfit: Misfit };

/** The sums behind a layer's figures, with its own numbers, one line each. */
export interface Arithmetic {
  readonly output: readonly string[];
  readonly parameters: string | null;
}

/** A layer's options as they start; distributes over a union of kinds. */
export type Defaults<Spec> = Spec extends unknown ? Omit<Spec, 'id'> : never;

/** Everything that the app knows about one kind of layer. Shapes are without the batch axis. */
export interface LayerDefinition<Spec extends LayerSpec = LayerSpec> {
  /** The class name in Keras, used as the layer's name. */
  readonly title: string;
  readonly group: LayerGroup;
  /** One sentence for a student: what the layer does to its input. */
  readonly purpose: string;
  readonly defaults: Defaults<Spec>;
  readonly fields: readonly OptionField[];
  /** The shape after this layer. Called only with options that passed validation. */
  infer(spec: Spec, input: Shape): Inference;
  /** The weights in the order in which Keras lists them. */
  weights(spec: Spec, input: Shape): readonly WeightSpec[];
  /** Floating-point operations for one image, forward; a multiply and an add count as two. */
  flops(spec: Spec, input: Shape, output: Shape): number;
  /** The options in a few words, as on the layer's card. */
  summary(spec: Spec): string;
  arithmetic(spec: Spec, input: Shape, output: Shape): Arithmetic;
}
