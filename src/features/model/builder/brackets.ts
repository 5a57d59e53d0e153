import { type LayerSpec, traitsOf } from '../../../core/network/layers/registry.ts';
import { INPUT_ID, referenceOf } from '../../../core/network/network.ts';
import { skipBlockOf } from '../../../core/network/skip-blocks.ts';
import type { SkipPiece } from '../../../ui/card/SkipLines.tsx';

/**
 * A connection that passes layers by: from a layer to a later one that names it. Positions count from 0, the Input is
 * -1.
 */
export interface Bracket {
  readonly from: number;
  readonly to: number;
  /** Which of the lines beside the cards it takes; 0 is the leftmost. */
  readonly lane: number;
  readonly label: string;
  /** The last layer of the block that it represents: its own, or the larger one of a projection. */
  readonly block: string;
}

/** The brackets left of one card. */
export interface RowLines {
  readonly lanes: number;
  readonly pieces: readonly SkipPiece[];
}

/** All connections of a network that can be drawn: of layers that are on, to layers that come before. */
export function bracketsOf(layers: readonly LayerSpec[]): readonly Bracket[] {
  const place = new Map([[INPUT_ID, -1], ...layers.map(({ id }, index) => [id, index] as const)]);
  const spans = layers.flatMap((layer, to) => {
    const from = place.get(referenceOf(layer) ?? '');
    if (layer.off || from === undefined || from >= to) return [];
    const last = skipBlockOf({ layers }, layer.id)?.last ?? to;
    return [
      { from, to, label: traitsOf(layer).inputs === 'named' ? 'fork' : 'skip', block: layers[last]?.id ?? layer.id },
    ];
  });
  const outerFirst = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const brackets: Bracket[] = [];
  for (const span of outerFirst) brackets.push({ ...span, lane: freeLane(brackets, span.from, span.to) });
  return brackets;
}

/** The leftmost line that no bracket beside the same cards has taken. */
function freeLane(brackets: readonly Bracket[], from: number, to: number): number {
  const taken = new Set(brackets.filter((other) => other.from < to && from < other.to).map(({ lane }) => lane));
  let lane = 0;
  while (taken.has(lane)) lane++;
  return lane;
}

/** The lines beside each of `count` cards. */
export function rowLines(brackets: readonly Bracket[], count: number): readonly RowLines[] {
  const lanes = Array.from({ length: count }, (_, row) => lanesAt(brackets, row));
  return lanes.map((own, row) => ({
    lanes: own,
    pieces: brackets
      .filter(({ from, to }) => from < row && row <= to)
      .map((bracket) => pieceOf(bracket, row, lanes[bracket.from] ?? 0)),
  }));
}

function lanesAt(brackets: readonly Bracket[], row: number): number {
  const passing = brackets.filter(({ from, to }) => from < row && row <= to);
  return Math.max(0, ...passing.map(({ lane }) => lane + 1));
}

function pieceOf({ from, to, lane, label, block }: Bracket, row: number, startLanes: number): SkipPiece {
  const starts = row === from + 1;
  const ends = row === to;
  const part = starts ? (ends ? 'whole' : 'start') : ends ? 'end' : 'middle';
  const middle = Math.floor((from + 1 + to) / 2);
  return { lane, part, startLanes, block, label: part !== 'whole' && row === middle ? label : undefined };
}
