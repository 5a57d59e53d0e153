import type { Graph } from '../../network/graph.ts';
import { type AdamOptions, adam, rateOfAdam } from './adam.ts';
import type { OptimizerDefinition } from './definition.ts';
import { memoryField } from './fields.ts';

/**
 * Muon (Jordan et al., kellerjordan.github.io/posts/muon, in Keras' form): kernels of convolutions and dense layers, all but that
 * of the last layer, move by the momentum of their gradients, made nearly orthogonal as a matrix with a column for each filter or
 * unit. All other weights are moved by Adam, at the same learning rate.
 */
export interface MuonSpec extends AdamOptions {
  readonly kind: 'muon';
  readonly momentum: number;
  /** Whether a kernel moves by where the momentum leads next. */
  readonly nesterov: boolean;
}

/**
 * The coefficients of each Newton-Schulz step, x = a x + (b x x' + c (x x')^2) x, and how many are taken: they bring every singular
 * value of a matrix of norm 1 to about 1.
 */
export const NEWTON_SCHULZ = { a: 3.4445, b: -4.775, c: 2.0315, steps: 5, epsilon: 1e-7 } as const;

/** What a nearly orthogonal matrix is multiplied by, so that its values are as large as the steps of Adam (Liu et al., arXiv:2502.16982). */
export function matrixScale(rows: number, columns: number): number {
  return 0.2 * Math.sqrt(Math.max(rows, columns));
}

/** Whether each trainable weight is moved as a matrix, in the order of the graph. */
export function areMatrices({ nodes }: Pick<Graph, 'nodes'>): readonly boolean[] {
  const last = nodes.findLastIndex(({ weights }) => weights.length > 0);
  return nodes.flatMap(({ spec: { kind }, weights }, position) =>
    weights
      .filter(({ trainable }) => trainable)
      .map(({ name }) => name === 'kernel' && (kind === 'conv2d' || kind === 'dense') && position < last),
  );
}

/** What the app knows of Muon: see `OptimizerDefinition`. */
export const muon: OptimizerDefinition<MuonSpec> = {
  title: 'Muon',
  explanation:
    'Moves each kernel, as a matrix, equally far in all directions, so that few steps do much; biases, batch normalisation and the last layer are moved by Adam.',
  defaults: { kind: 'muon', momentum: 0.95, nesterov: true, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  fields: [
    memoryField('momentum', 'Momentum', 'How much of its last direction each kernel keeps; usual: 0.9 to 0.95.'),
    {
      option: 'nesterov',
      label: 'Nesterov',
      type: 'switch',
      explanation: 'Moves kernels by where their momentum leads next, so that they overshoot less.',
    },
    ...adam.fields,
  ],
  learningRate: 0.003,
  slots: [
    { name: 'm', meaning: 'the moving average of the gradient; of a kernel the sum of its gradients, which fades' },
    { name: 'v', meaning: 'the moving average of the squared gradient; of a kernel 0' },
  ],
  // Of weights that are no matrices.
  rule: adam.rule,
  rateAt: rateOfAdam,
  usualWeightDecay: 0.004,
};
