import { endingsFor } from '../../../core/network/endings.ts';
import type { Issue } from '../../../core/network/issue.ts';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { applyEdit } from '../../../core/network/network.ts';
import { analysisOf } from '../../../state/analysis.ts';
import type { Draft } from '../../../state/draft.ts';
import { needsOf } from './misfit-words.ts';

/** Why a layer cannot go to a position, in one line: an error that the network does not have yet. Null when it can. */
export function moveProblem(draft: Built, id: string, to: number): string | null {
  const known = new Set(errorsOf(draft).map(keyOf));
  const moved = { ...draft, network: applyEdit(draft.network, { type: 'move', id, to }) };
  const issue = errorsOf(moved).find((error) => !known.has(keyOf(error)));
  return issue === undefined ? null : lineOf(draft, issue);
}

/** A network, and the data set that it is for. */
type Built = Pick<Draft, 'network' | 'dataset'>;

function errorsOf(draft: Built): readonly Issue[] {
  return analysisOf(draft).issues.filter(({ severity }) => severity === 'error');
}

function keyOf({ code, layerId }: Issue): string {
  return `${code} ${layerId}`;
}

function lineOf({ network, dataset }: Built, { code, layerId }: Issue): string {
  if (code === 'output-units' || code === 'output-activation') {
    const endings = endingsFor(dataset).map(({ units, activation }) => `${units} with ${activation}`);
    return `The last layer must give ${endings.join(' or ')}`;
  }
  const culprit = network.layers.find((layer) => layer.id === layerId);
  return culprit === undefined ? 'Does not fit there' : `${definitionOf(culprit.kind).title} ${needsOf(code)}`;
}
