import type { LayerSpec } from '../../../core/network/layers/registry.ts';

/** The names of the options that a kind has. */
type OptionOf<Spec> = Spec extends unknown ? Exclude<keyof Spec, 'id' | 'kind' | 'off'> : never;

/** How options lie on the twelve columns of an open card: in this order, each as wide as its entry says. */
const LAYOUT = {
  filters: 's3',
  units: 's3',
  heads: 's3',
  keySize: 's3',
  kernelSize: 's3',
  poolSize: 's4',
  patchSize: 's4',
  depthMultiplier: 's4',
  strides: 's2',
  padding: 's4',
  rate: 's4',
  dropout: 's3',
  activation: 's4',
  kernelInitializer: 's5',
  recurrentInitializer: 's5',
  l2: 's3',
  l1: 's3',
  dilationRate: 's3',
  stddev: 's3',
  momentum: 's4',
  epsilon: 's4',
  targetShape: 's6',
  from: 's12',
  useBias: 's3',
  center: 's3',
  scale: 's3',
  bidirectional: 's5',
  returnSequences: 's6',
  frozen: 's4',
} as const satisfies { readonly [Option in OptionOf<LayerSpec>]: string };

const ORDER = Object.keys(LAYOUT);
const WIDTHS: ReadonlyMap<string, string> = new Map(Object.entries(LAYOUT));

/** The place of an option among those of its card. */
export function optionRank(option: string): number {
  const rank = ORDER.indexOf(option);
  return rank < 0 ? ORDER.length : rank;
}

/** The class that says how many columns an option spans. */
export function optionWidth(option: string): string {
  return WIDTHS.get(option) ?? 's4';
}
