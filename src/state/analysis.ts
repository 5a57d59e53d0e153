import type { DatasetSpec } from '../core/dataset/spec.ts';
import { fittingBatch, type Refusal, refusalOf } from '../core/network/cost.ts';
import { type Analysis, analyse, type LayerReport } from '../core/network/graph.ts';
import type { LayerSpec } from '../core/network/layers/registry.ts';
import type { Network } from '../core/network/network.ts';
import type { Draft } from './draft.ts';

const analyses = new WeakMap<DatasetSpec, WeakMap<Network, Analysis>>();
const reports = new WeakMap<LayerSpec, LayerReport>();
const refusals = new WeakMap<Network, Map<string, Refusal | null>>();

/** What a network is checked as: itself, and the data set that it is for. */
type Checked = Pick<Draft, 'network' | 'dataset'>;

/** The analysis of a network for a data set, made once. Layers that an edit leaves alone keep the report that they had. */
export function analysisOf({ network, dataset }: Checked): Analysis {
  const ofDataset = analyses.get(dataset) ?? new WeakMap<Network, Analysis>();
  analyses.set(dataset, ofDataset);
  const known = ofDataset.get(network);
  if (known !== undefined) return known;
  const analysis = analyse(network, dataset);
  const settled = { ...analysis, layers: analysis.layers.map(settledReport) };
  ofDataset.set(network, settled);
  return settled;
}

/** The report that was given for this layer before, if it says the same: who compares by identity sees no change. */
function settledReport(report: LayerReport): LayerReport {
  const known = reports.get(report.spec);
  if (known !== undefined && textOf(known) === textOf(report)) return known;
  reports.set(report.spec, report);
  return report;
}

function textOf({ name, input, output, parameters, issues }: LayerReport): string {
  return JSON.stringify([name, input, output, parameters, issues]);
}

/** Why the device cannot hold the training of a draft; null when it can, or when the network does not fit together yet. */
export function refusalOfDraft({ dataset, network, recipe }: Draft): Refusal | null {
  const { batchSize, optimizer } = recipe;
  const load = `${dataset.id} ${batchSize} ${optimizer.kind}`;
  const known = refusals.get(network) ?? new Map<string, Refusal | null>();
  refusals.set(network, known);
  const refusal = known.get(load);
  if (refusal !== undefined) return refusal;
  // A field that was emptied is no batch; the recipe says so itself.
  const found = batchSize >= 1 ? refusalOf(network, dataset, { batchSize, optimizer }) : null;
  known.set(load, found);
  return found;
}

/**
 * The largest batch with which a draft can be expected to train, after it ran out of so many bytes; null where there is none. For backends
 * that do not plan their memory.
 */
export function fittingBatchOf(draft: Draft, availableBytes: number): number | null {
  const { graph } = analysisOf(draft);
  return graph && fittingBatch(graph, draft.recipe, availableBytes);
}
