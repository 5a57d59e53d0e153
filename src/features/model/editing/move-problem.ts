import type { Issue } from '../../../core/network/issue.ts';
import { definitionOf } from '../../../core/network/layers/registry.ts';
import { applyEdit, type Network } from '../../../core/network/network.ts';
import { analysisOf } from '../../../state/analysis.ts';
import { needsOf } from './misfit-words.ts';

/** Why a layer cannot go to a position, in one line: an error that the network does not have yet. Null when it can. */
export function moveProblem(network: Network, id: string, to: number): string | null {
  const known = new Set(errorsOf(network).map(keyOf));
  const issue = errorsOf(applyEdit(network, { type: 'move', id, to })).find((error) => !known.has(keyOf(error)));
  return issue === undefined ? null : lineOf(network, issue);
}

function errorsOf(network: Network): readonly Issue[] {
  return analysisOf(network).issues.filter(({ severity }) => severity === 'error');
}

function keyOf({ code, layerId }: Issue): string {
  return `${code} ${layerId}`;
}

function lineOf({ layers }: Network, { code, layerId }: Issue): string {
  if (code === 'output-units' || code === 'output-activation') return 'The last layer must give 10 with softmax';
  const culprit = layers.find((layer) => layer.id === layerId);
  return culprit === undefined ? 'Does not fit there' : `${definitionOf(culprit.kind).title} ${needsOf(code)}`;
}
