import type { GraphNode } from '../graph.ts';
import type { Fix } from '../issue.ts';
import { sameShape } from '../shape.ts';
import { removeFix, setFix } from './fixes.ts';
import { type Rule, warning } from './flow.ts';

/** Warnings about layers that change nothing. */

/** Why a layer has no effect, and what it could be made to do instead. */
interface Idleness {
  readonly reason: string;
  readonly fixes: readonly Fix[];
}

/** Layers that pass on what they get. */
export const noEffects: Rule = ({ nodes }) =>
  nodes.flatMap((node) => {
    const idle = idleness(node);
    if (idle === null) return [];
    const { name, spec } = node;
    return [
      warning('no-effect', node, `${name} changes nothing: ${idle.reason}.`, [...idle.fixes, removeFix(name, spec.id)]),
    ];
  });

function idleness({ spec, input, output }: GraphNode): Idleness | null {
  switch (spec.kind) {
    case 'dropout':
    case 'spatialDropout2d':
      return spec.rate > 0
        ? null
        : { reason: 'at rate 0 no value is dropped', fixes: [setFix('Use 0.25', spec.id, { rate: 0.25 })] };
    case 'maxPooling2d':
    case 'averagePooling2d':
      if (spec.poolSize > 1 || spec.strides > 1) return null;
      return {
        reason: 'a window of 1×1 keeps every pixel',
        fixes: [setFix('Use 2×2', spec.id, { poolSize: 2, strides: 2 })],
      };
    case 'activation':
      if (spec.activation !== 'linear') return null;
      return { reason: 'linear passes on what it gets', fixes: [setFix('Use relu', spec.id, { activation: 'relu' })] };
    case 'flatten':
      return input.length > 1 ? null : { reason: 'what arrives is a row already', fixes: [] };
    case 'reshape':
      return sameShape(input, output) ? { reason: 'what arrives has this shape already', fixes: [] } : null;
    default:
      return null;
  }
}
