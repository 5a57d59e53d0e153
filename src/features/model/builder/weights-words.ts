import type { LayerStart } from '../../../core/network/carried-weights.ts';
import type { GraphNode } from '../../../core/network/graph-node.ts';
import { shapeText } from '../../../core/network/shape.ts';
import { countWord } from '../../../core/text/count-words.ts';
import { countOf, listOf } from '../../../core/text/nouns.ts';
import type { WeightsSource } from '../../../core/training/weights-origin.ts';
import type { FileNotes } from '../../../state/weights-choice.ts';

/** What a layer begins with, and why where that is new weights. */
export function startText({ node, from, fresh }: LayerStart, source: WeightsSource, notes?: FileNotes): string {
  switch (fresh) {
    case null:
      return from?.spec.id === node.spec.id ? placeOf(source) : `${placeOf(source)}, ${from?.name ?? ''} there`;
    case 'none':
      return 'new: there is no such layer there';
    case 'shape':
      return from === null ? 'new' : `new: ${differenceOf(from, node)}`;
    case 'classes':
      return 'new: it tells other classes apart';
    case 'columns':
      return 'new: the columns are others';
    case 'lacking':
      return `new: ${notes?.lacking.get(from?.spec.id ?? '') ?? 'its weights are not there'}`;
    default:
      return fresh satisfies never;
  }
}

/** How many layers take weights, as a sentence. */
export function countText(starts: readonly LayerStart[]): string {
  const taken = starts.filter(({ fresh }) => fresh === null).length;
  const all = starts.length;
  if (taken === 0) return 'They fit no layer of this network, so it begins with new ones.';
  if (taken === all) return `All ${countWord(all)} layers with weights take them.`;
  return `${taken} of ${all} layers with weights take them. The others begin anew.`;
}

/** Names of a file that no layer takes, as a sentence; null where there are none. */
export function unusedText({ unused }: FileNotes): string | null {
  if (unused.length === 0) return null;
  const rest = unused.length - MOST_NAMES;
  const names = unused.slice(0, MOST_NAMES).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name));
  return `No layer takes ${listOf(rest > 0 ? [...names, countOf(rest, { one: 'other tensor', many: 'other tensors' })] : names)} of the file.`;
}

const MOST_NAMES = 4;

function placeOf(source: WeightsSource): string {
  if (source.kind === 'run') return `from run ${source.run}`;
  return source.kind === 'file' ? 'from the file' : 'from the shipped network';
}

/** The first weight whose shape differs, here and there. */
function differenceOf(there: GraphNode, here: GraphNode): string {
  const shapeOf = ({ weights }: GraphNode, at: number) => shapeText(weights[at]?.shape ?? []);
  const at = here.weights.findIndex((_, i) => shapeOf(here, i) !== shapeOf(there, i));
  const [weight, other] = [here.weights[at], there.weights[at]];
  if (weight === undefined || other === undefined || weight.name !== other.name) return 'it has other weights there';
  return `its ${weight.name} is ${shapeOf(here, at)}, and ${shapeOf(there, at)} there`;
}
