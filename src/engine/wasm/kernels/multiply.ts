import type { Machine } from '../machine.ts';
import { MATRIX_PRODUCT } from './matrix-product.ts';
import { PACK, PANEL_ROW, panelsFor } from './pack.ts';
import { TILE_COLUMNS } from './product.ts';
import { evenly } from './tables.ts';

/** One axis of a matrix in memory: how many elements, and how many bytes apart. */
interface Walk {
  readonly count: number;
  readonly stride: number;
}

/** The columns of a packed matrix, whose panels are so many bytes apart. */
interface PanelWalk {
  readonly count: number;
  readonly panelBytes: number;
}

function offsetsOf(walk: Walk | PanelWalk): readonly number[] {
  if ('stride' in walk) return evenly(walk.count, walk.stride);
  return evenly(walk.count, 1).map((i) => Math.floor(i / TILE_COLUMNS) * walk.panelBytes + (i % TILE_COLUMNS) * 4);
}

/** C = A B with options. A transposed matrix is one whose strides are exchanged. */
export interface Multiplication {
  readonly a: number;
  readonly rows: Walk | PanelWalk;
  readonly b: number;
  readonly columns: Walk;
  /** The inner dimension: bytes from a step to the next in A and in B. */
  readonly steps: { readonly count: number; readonly aStride: number; readonly bStride: number };
  /** The address of [columns] to add to each row, or null. */
  readonly bias: number | null;
  readonly relu: boolean;
  /** Where [rows, columns] goes. */
  readonly c: number;
}

/** Multiplies two matrices in memory. */
export function multiply(machine: Machine, { a, rows, b, columns, steps, bias, relu, c }: Multiplication): void {
  const { tables } = machine;
  const panels = panelsFor(columns.count);
  const panelBytes = steps.count * PANEL_ROW;
  withPacked(
    machine,
    { source: b, taps: 1, tapStride: 0, depth: steps.count, depthStride: steps.bStride, columns },
    (packed) =>
      withBias(machine, bias, columns.count, (paddedBias) =>
        machine.withScratch(rows.count * PANEL_ROW, (scratch) => {
          const rowTable = tables.rows(JSON.stringify(rows), () => offsetsOf(rows));
          const stepTable = tables.steps(`${steps.count} ${steps.aStride}`, PANEL_ROW, () =>
            evenly(steps.count, steps.aStride),
          );
          machine.run(MATRIX_PRODUCT, panels, {
            a,
            rows: rowTable.start,
            rowsEnd: rowTable.end,
            rowCount: rows.count,
            steps: stepTable.start,
            stepsEnd: stepTable.end,
            b: packed,
            panelBytes,
            c,
            columns: columns.count,
            bias: paddedBias,
            relu: Number(relu),
            scratch,
          });
        }),
      ),
  );
}

/** A matrix to be packed; see PACK. */
export interface Packing {
  readonly source: number;
  readonly taps: number;
  readonly tapStride: number;
  readonly depth: number;
  readonly depthStride: number;
  readonly columns: Walk;
}

/** Packs a matrix, calls `use` with it, and frees it. */
export function withPacked(
  machine: Machine,
  { source, taps, tapStride, depth, depthStride, columns }: Packing,
  use: (packed: number) => void,
): void {
  const panels = panelsFor(columns.count);
  machine.withScratch(panels * taps * depth * PANEL_ROW, (target) => {
    machine.run(PACK, panels, {
      source,
      target,
      taps,
      tapStride,
      depth,
      depthStride,
      columns: columns.count,
      columnStride: columns.stride,
    });
    use(target);
  });
}

/** The biases with zeros behind them until the last panel is full; zeros where there are none. */
export function withBias(machine: Machine, bias: number | null, columns: number, use: (bias: number) => void): void {
  const length = (panelsFor(columns) * PANEL_ROW) / 4;
  if (bias !== null && length === columns) {
    use(bias);
    return;
  }
  machine.withScratch(length * 4, (padded) => {
    machine.compute((floats) => {
      floats.fill(0, padded / 4, padded / 4 + length);
      if (bias !== null) floats.copyWithin(padded / 4, bias / 4, bias / 4 + columns);
    });
    use(padded);
  });
}
