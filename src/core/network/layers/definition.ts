import type { WeightInitializer } from '../initializers.ts';
import type { Shape } from '../shape.ts';
import type { LayerTraits } from './traits.ts';

/** Where a kind of layer belongs; cards take their colour from it, the palette its order. */
export type LayerGroup =
  | 'convolution'
  | 'pooling'
  | 'dense'
  | 'recurrent'
  | 'attention'
  | 'shape'
  | 'activation'
  | 'normalization'
  | 'dropout'
  | 'merge';

/** What every layer carries whatever its kind: an id that edits keep, and whether data passes it by. */
export interface LayerBase {
  readonly id: string;
  /** A layer that is switched off stays in the list and is left out of the network. */
  readonly off: boolean;
}

/** What layers with weights carry. */
export interface Freezable {
  /** Training leaves the weights as they are (`trainable = False` in Keras). */
  readonly frozen: boolean;
}

/** The names of weights, as in Keras; `backward` ones belong to the second direction of a bidirectional layer. */
export type WeightName =
  | 'kernel'
  | 'depthwiseKernel'
  | 'pointwiseKernel'
  | 'recurrentKernel'
  | 'bias'
  | 'backwardKernel'
  | 'backwardRecurrentKernel'
  | 'backwardBias'
  | 'gamma'
  | 'beta'
  | 'movingMean'
  | 'movingVariance'
  | 'embeddings'
  | 'queryKernel'
  | 'queryBias'
  | 'keyKernel'
  | 'keyBias'
  | 'valueKernel'
  | 'valueBias'
  | 'outputKernel'
  | 'outputBias';

/** One weight tensor of a layer. Its parameters are counted, initialised and trained from this description alone. */
export interface WeightSpec {
  readonly name: WeightName;
  readonly shape: Shape;
  readonly initializer: WeightInitializer;
  /** The standard deviation where the initializer is `randomNormal`. */
  readonly stddev?: number;
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
  /** The field plays a part only while another option has this value. */
  readonly when?: { readonly option: string; readonly is: string };
} & (
  | {
      readonly type: 'integer' | 'number';
      readonly min: number;
      readonly max: number;
      readonly steps?: readonly number[];
    }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'switch' }
  /** Keeps something as it is. */
  | { readonly type: 'lock' }
  /** A shape: its extents in a list. */
  | { readonly type: 'shape' }
  /** The id of an earlier layer, or `input`. */
  | { readonly type: 'layer' }
);

/** New values for options of a layer, as a button offers them. */
export interface OptionRepair {
  readonly label: string;
  readonly set: Readonly<Record<string, unknown>>;
}

/** A way out of a misfit: new option values for the layer itself, or a Reshape in front of it. */
export type Repair = OptionRepair | { readonly label: string; readonly reshape: Shape };

/** The ways in which a layer may be unable to take what arrives. */
export type MisfitCode =
  | 'rank'
  | 'collapse'
  | 'clash'
  | 'sequence'
  | 'places'
  | 'patches'
  | 'reshape'
  | 'add-shapes'
  | 'concat-shapes';

/** Why a layer cannot take its input: the sentence with the sum behind it, and what the layer itself can do about it. */
export interface Misfit {
  readonly code: MisfitCode;
  readonly message: string;
  readonly repairs: readonly Repair[];
}

/** The shape that leaves a layer, or why none does. */
export type Inference = { readonly shape: Shape } | { readonly misfit: Misfit };

/** Why a layer with these options changes nothing, as a clause, and how it would change something. */
export interface Idleness {
  readonly reason: string;
  readonly repair: OptionRepair | null;
}

/** The sums behind a layer's figures, with its own numbers, one line each. */
export interface Arithmetic {
  readonly output: readonly string[];
  readonly parameters: string | null;
}

/** A layer's options as they start; distributes over a union of kinds. */
export type Defaults<Spec> = Spec extends unknown ? Omit<Spec, 'id'> : never;

/** Everything that the app knows about one kind of layer. Shapes are without the batch axis. */
export interface LayerDefinition<Spec extends LayerBase> {
  /** The class name in Keras, used as the layer's name. */
  readonly title: string;
  readonly group: LayerGroup;
  /** One sentence for a student: what the layer does to its input. */
  readonly purpose: string;
  readonly traits: LayerTraits<Spec>;
  readonly defaults: Defaults<Spec>;
  readonly fields: readonly OptionField[];
  /**
   * The shape after this layer. Called only with options that passed validation. `other` is the output of the layer that
   * the option `from` names, for kinds that take two inputs.
   */
  infer(spec: Spec, input: Shape, other?: Shape): Inference;
  /** The weights in the order in which Keras lists them. */
  weights(spec: Spec, input: Shape): readonly WeightSpec[];
  /** Floating-point operations for one image, forward; a multiply and an add count as two. */
  flops(spec: Spec, input: Shape, output: Shape): number;
  /** Numbers that training keeps of one image for the backward pass, the output among them. */
  savedActivations(spec: Spec, input: Shape, output: Shape): number;
  /** Whether the layer changes nothing with these options; null where it does something. */
  idleness(spec: Spec, input: Shape, output: Shape): Idleness | null;
  /** The options in a few words, as on the layer's card. */
  summary(spec: Spec): string;
  arithmetic(spec: Spec, input: Shape, output: Shape): Arithmetic;
}
