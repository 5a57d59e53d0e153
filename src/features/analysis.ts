import type { Refusal } from '../core/network/cost.ts';
import type { Analysis } from '../core/network/graph.ts';
import { analysisOf, refusalOfDraft } from '../state/analysis.ts';
import { useDraft } from './lab.tsx';

/** The analysis of the draft's network. */
export function useAnalysis(): Analysis {
  return useDraft(analysisOf);
}

/** Why the device cannot hold the training of the draft; null when it can. */
export function useRefusal(): Refusal | null {
  return useDraft(refusalOfDraft);
}
