import { numberText } from '../../text/number-text.ts';
import type { GraphNode } from '../graph-node.ts';
import type { Issue } from '../issue.ts';
import { parametersOf } from '../layers/kernel.ts';
import { definitionOf } from '../layers/registry.ts';
import { withOptions } from '../network.ts';
import type { InferredShapes } from '../shape-inference.ts';
import { removeFix, setFix } from './fixes.ts';

/** How many parameters a layer may have: 100 million, 400 MB of float32 before gradients. */
const MAX_PARAMETERS = 100_000_000;

/** Layers that no tab could hold, whatever the batch. */
export function sizeIssues({ nodes }: InferredShapes): readonly Issue[] {
  return nodes.filter((node) => parametersOf(node.weights) > MAX_PARAMETERS).map(tooLarge);
}

function tooLarge(node: GraphNode): Issue {
  const { name, spec, weights } = node;
  const count = numberText(parametersOf(weights));
  const width = largestWidth(node, (wider) => parametersOf(wider) <= MAX_PARAMETERS);
  const fix =
    width && setFix(`Use ${numberText(width.value)} ${width.option}`, spec.id, { [width.option]: width.value });
  return {
    severity: 'error',
    code: 'too-large',
    layerId: spec.id,
    message: `${name} alone would have ${count} parameters; a tab can hold ${numberText(MAX_PARAMETERS)}. Make it smaller, or shrink its input by pooling or a stride.`,
    fixes: [fix ?? removeFix(name, spec.id)],
  };
}

/** The option that sets how wide a layer is, and its largest value with which the weights are still accepted. */
export interface Width {
  readonly option: 'units' | 'filters';
  readonly value: number;
}

/** The largest width below the present one that `accept` takes, found by halving; null where the layer has none. */
function largestWidth({ spec, input }: GraphNode, accept: (weights: GraphNode['weights']) => boolean): Width | null {
  const option = 'units' in spec ? 'units' : 'filters' in spec ? 'filters' : null;
  if (option === null) return null;
  const fitsAt = (value: number) =>
    accept(definitionOf(spec.kind).weights(withOptions(spec, { [option]: value }), input));
  let low = 0;
  let high = 'units' in spec ? spec.units : 'filters' in spec ? spec.filters : 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fitsAt(middle)) low = middle;
    else high = middle;
  }
  return low === 0 ? null : { option, value: low };
}
