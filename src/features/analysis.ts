import { type Analysis, analyse, type LayerReport } from '../core/graph.ts';
import type { LayerSpec } from '../core/layers/registry.ts';
import type { Network } from '../core/network.ts';
import { useDraft } from './lab.tsx';

const analyses = new WeakMap<Network, Analysis>();
const reports = new WeakMap<LayerSpec, LayerReport>();

/** The analysis of a network, made once for each. */
export function analysisOf(network: Network): Analysis {
  const known = analyses.get(network);
  if (known !== undefined) return known;
  const analysis = analyse(network);
  const settled = { ...analysis, layers: analysis.layers.map(settledReport) };
  analyses.set(network, settled);
  return settled;
}

/** The report that was given for this layer before, if it says the same: cards of layers that an edit leaves alone stay. */
function settledReport(report: LayerReport): LayerReport {
  const known = reports.get(report.spec);
  if (known !== undefined && textOf(known) === textOf(report)) return known;
  reports.set(report.spec, report);
  return report;
}

function textOf({ name, input, output, parameters, issues }: LayerReport): string {
  return JSON.stringify([name, input, output, parameters, issues]);
}

/** The analysis of the draft's network. */
export function useAnalysis(): Analysis {
  return useDraft(({ network }) => analysisOf(network));
}
