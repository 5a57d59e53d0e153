import { briefText } from '../text/number-text.ts';
import { definitionOf, type LayerSpec, traitsOf } from './layers/registry.ts';
import type { Network } from './network.ts';

/** Options that say in one figure what a layer is, so that they follow its name. */
const MAIN_OPTIONS = ['units', 'filters', 'rate', 'poolSize'];

/** Penalties, which read the same wherever they are. */
const PENALTIES = ['l1', 'l2'];

/** From so many labels on, the networks have too little in common to list the differences. */
const LABEL_LIMIT = 6;

/** A layer before and after; null where it is not there. */
interface Pair {
  readonly before: LayerSpec | null;
  readonly after: LayerSpec | null;
}

/**
 * What was changed in a network, as labels: what was added, removed, changed. Layers that are switched off are not
 * there; the same change of several layers is one label, as `Conv2D 32 → 64 ×2`.
 */
export function networkDiff(before: Network, after: Network): readonly string[] {
  const [from, to] = [active(before), active(after)];
  const pairs = pairsOf(from, to);
  const added = pairs.flatMap((pair) => (pair.before === null && pair.after ? [pair.after] : []));
  const removed = pairs.flatMap((pair) => (pair.after === null && pair.before ? [pair.before] : []));
  const changed = pairs.flatMap(changesOf);
  const labels = counted([
    ...namesOf(added, to).map((name) => `+${name}`),
    ...namesOf(removed, from).map((name) => `−${name}`),
    ...changed,
  ]);
  if (labels.length > LABEL_LIMIT) return ['another network'];
  return labels.length === 0 && isReordered(pairs, from, to) ? ['layers moved'] : labels;
}

function active({ layers }: Network): readonly LayerSpec[] {
  return layers.filter((layer) => !layer.off);
}

/**
 * Outputs belong together where they are alike: two presets give the same id to layers of different depth. The others do
 * by id and kind, the rest by their order among their kind.
 */
function pairsOf(from: readonly LayerSpec[], to: readonly LayerSpec[]): readonly Pair[] {
  const [before, after] = [from.at(-1), to.at(-1)];
  if (before === undefined || after === undefined || !isAlike(before, after)) return pairsById(from, to);
  return [...pairsById(from.slice(0, -1), to.slice(0, -1)), { before, after }];
}

function isAlike(before: LayerSpec, after: LayerSpec): boolean {
  return JSON.stringify({ ...before, id: '' }) === JSON.stringify({ ...after, id: '' });
}

function pairsById(from: readonly LayerSpec[], to: readonly LayerSpec[]): readonly Pair[] {
  const open = new Set(from);
  const take = (after: LayerSpec, same: (before: LayerSpec) => boolean) => {
    const found = [...open].find((before) => before.kind === after.kind && same(before)) ?? null;
    if (found) open.delete(found);
    return found;
  };
  const byId = to.map((after) => ({ before: take(after, (before) => before.id === after.id), after }));
  const all = byId.map(({ before, after }) => ({ before: before ?? take(after, () => true), after }));
  return [...all, ...[...open].map((before) => ({ before, after: null }))];
}

function isReordered(pairs: readonly Pair[], from: readonly LayerSpec[], to: readonly LayerSpec[]): boolean {
  return pairs.some(({ before, after }) => before && after && from.indexOf(before) !== to.indexOf(after));
}

/** Names of layers that came or went; what came or went with the Add that joins it is a residual block. */
function namesOf(layers: readonly LayerSpec[], all: readonly LayerSpec[]): readonly string[] {
  const groups: LayerSpec[][] = [];
  for (const layer of layers) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const follows = last !== undefined && all.indexOf(last) + 1 === all.indexOf(layer);
    const closed = group?.some(isSum) && layer.kind !== 'activation';
    if (group && follows && !closed) group.push(layer);
    else groups.push([layer]);
  }
  return groups.flatMap((group) => (group.length > 2 && group.some(isSum) ? 'Residual block' : group.map(nameOf)));
}

function isSum(layer: LayerSpec): boolean {
  return traitsOf(layer).inputs === 'sum';
}

function nameOf(layer: LayerSpec): string {
  const [, value] = Object.entries(layer).find(([option]) => MAIN_OPTIONS.includes(option)) ?? [];
  const named = value ?? (layer.kind === 'activation' ? layer.activation : null);
  return [definitionOf(layer.kind).title, ...(named === null ? [] : [valueText(named)])].join(' ');
}

function changesOf({ before, after }: Pair): readonly string[] {
  if (before === null || after === null) return [];
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([option, value]: [string, unknown]) => {
    const past = old.get(option);
    if (option === 'id' || option === 'off' || JSON.stringify(past) === JSON.stringify(value)) return [];
    return [changeLabel(after, option, past, value)];
  });
}

function changeLabel(layer: LayerSpec, option: string, past: unknown, value: unknown): string {
  const { title, fields } = definitionOf(layer.kind);
  const label = fields.find((field) => field.option === option)?.label ?? option;
  const change = `${valueText(past)} → ${valueText(value)}`;
  if (option === 'from') return 'shortcut moved';
  if (PENALTIES.includes(option)) return penaltyLabel(label, past, value, change);
  const saysItself = MAIN_OPTIONS.includes(option) || typeof value === 'string';
  return saysItself ? `${title} ${change}` : `${title} ${label.toLowerCase()} ${change}`;
}

function penaltyLabel(label: string, past: unknown, value: unknown, change: string): string {
  if (past === 0) return `+${label} ${valueText(value)}`;
  return value === 0 ? `−${label}` : `${label} ${change}`;
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return briefText(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return Array.isArray(value) ? value.join('×') : String(value);
}

/** Each label once, with how often it came. */
function counted(labels: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => (count === 1 ? label : `${label} ×${count}`));
}
