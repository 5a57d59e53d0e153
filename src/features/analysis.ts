import { type Analysis, analyse } from '../core/graph.ts';
import type { Network } from '../core/network.ts';
import { useDraft } from './lab.tsx';

const analyses = new WeakMap<Network, Analysis>();

/** The analysis of a network, made once for each. */
export function analysisOf(network: Network): Analysis {
  const known = analyses.get(network);
  if (known !== undefined) return known;
  const analysis = analyse(network);
  analyses.set(network, analysis);
  return analysis;
}

/** The analysis of the draft's network. */
export function useAnalysis(): Analysis {
  return useDraft(({ network }) => analysisOf(network));
}
