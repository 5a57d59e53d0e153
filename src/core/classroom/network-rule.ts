import { analyse } from '../network/graph.ts';
import type { Network } from '../network/network.ts';
import { networkText } from '../network/network-text.ts';
import { countText } from '../text/number-text.ts';
import type { Setup } from '../training/setup.ts';

/** What holds for the network: nothing, it stays as it was set, or it has at most so many layers and parameters. */
export type NetworkRule =
  | { readonly kind: 'free' | 'locked' }
  | { readonly kind: 'limited'; readonly layers: number; readonly parameters: number };

/** Said where a network is locked. */
export const NETWORK_SET = 'The network was set by the assignment: its layers cannot be edited.';

/** What of a network is not as the rule says, as a sentence; null where it keeps to it. `set`: what the rule was set with. */
export function networkProblem(
  network: Network,
  { network: setNetwork, dataset }: Pick<Setup, 'network' | 'dataset'>,
  rule: NetworkRule,
): string | null {
  if (network === setNetwork) return null;
  if (rule.kind === 'limited') return excessOf(sizesOf({ network, dataset }), rule);
  return rule.kind === 'free' || networkText(network) === networkText(setNetwork) ? null : NETWORK_SET;
}

/** How large a network is. */
export interface NetworkSizes {
  readonly layers: number;
  /** Trained or not; NaN where the layers do not fit together. */
  readonly parameters: number;
}

/** How large a network is. */
export function sizesOf({ network, dataset }: Pick<Setup, 'network' | 'dataset'>): NetworkSizes {
  const { graph, totals } = analyse(network, dataset);
  return {
    layers: network.layers.length,
    parameters: graph === null ? Number.NaN : totals.trainable + totals.nonTrainable,
  };
}

/** What a network has too much of, as a sentence; null where it keeps to the limits. */
export function excessOf({ layers, parameters }: NetworkSizes, limits: NetworkSizes): string | null {
  if (layers > limits.layers) return excessText(limits.layers, 'layers', layers);
  return parameters > limits.parameters ? excessText(limits.parameters, 'parameters', parameters) : null;
}

function excessText(limit: number, what: string, count: number): string {
  return `The assignment allows ${countText(limit)} ${what}: this network has ${countText(count)}.`;
}
