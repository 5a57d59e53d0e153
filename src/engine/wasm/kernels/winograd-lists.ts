import { type Code, i32, type Local, loopUntil, sequence, when } from '../code.ts';
import { ENTRY, TILE_ROWS } from './product.ts';
import { REACH } from './winograd-lines.ts';
import { MOST_TILES } from './winograd-tiles.ts';

/**
 * Short tiles have fewer points than others. For each point there is a list of the tiles that have it: of all, of those that are not short
 * downwards, of those that are not short across, of those that are neither.
 */
export const LISTS = [
  { low: true, right: true },
  { low: false, right: true },
  { low: true, right: false },
  { low: false, right: false },
] as const;

/** Bytes of a list in memory: where it ends, and PRODUCT's table of rows. */
const LIST_BYTES = ENTRY + MOST_TILES * ENTRY;

/** Bytes of all lists. */
export const LISTS_BYTES = LISTS.length * LIST_BYTES;

/** The number of the list of a point. Points are counted downwards first. `short`: the extent of short tiles. */
export function listOf(point: Local, short: Local): Code {
  const isMissing = (place: Code) => i32.and(i32.gt(place, short), i32.lt(place, REACH - 1));
  return i32.or(isMissing(i32.rem(point, REACH)), i32.shl(isMissing(i32.div(point, REACH)), 1));
}

/** Makes empty lists at an address. */
export function openLists(lists: Local): Code {
  return sequence(
    ...LISTS.map((_, list) => i32.store(lists, i32.add(lists, list * LIST_BYTES + ENTRY), list * LIST_BYTES)),
  );
}

interface ListedTile {
  readonly index: Code;
  readonly isLow: Local;
  readonly isRight: Local;
  /** Between a tile's inputs at a point and the next tile's. */
  readonly bytes: Local;
}

/** Adds a tile to the lists that it belongs to. */
export function addToLists(lists: Local, { index, isLow, isRight, bytes }: ListedTile): Code {
  const add = (list: number) => {
    const end = i32.load(lists, list * LIST_BYTES);
    return sequence(
      i32.store(end, i32.mul(index, bytes)),
      i32.store(end, index, 4),
      i32.store(lists, i32.add(end, ENTRY), list * LIST_BYTES),
    );
  };
  return sequence(
    ...LISTS.map(({ low, right }, list) => when(i32.or(low ? 0 : isLow, right ? 0 : isRight), [], add(list))),
  );
}

/** Repeats the last tile of each list until the products' tiles are full. */
export function fillLists(lists: Local): Code {
  return sequence(
    ...LISTS.map((_, list) => {
      const start = i32.add(lists, list * LIST_BYTES + ENTRY);
      const end = i32.load(lists, list * LIST_BYTES);
      const last = i32.sub(end, ENTRY);
      return loopUntil(
        i32.eqz(i32.rem(i32.sub(end, start), TILE_ROWS * ENTRY)),
        sequence(
          i32.store(end, i32.load(last)),
          i32.store(end, i32.load(last, 4), 4),
          i32.store(lists, i32.add(end, ENTRY), list * LIST_BYTES),
        ),
      );
    }),
  );
}

/** Sets the rows of PRODUCT to those of a list. */
export function takeList(
  lists: Local,
  list: Code,
  { rows, rowsEnd }: Readonly<Record<'rows' | 'rowsEnd', Local>>,
): Code {
  const start = i32.add(lists, i32.mul(list, LIST_BYTES));
  return sequence(rows.set(start), rowsEnd.set(i32.load(rows)), rows.increase(ENTRY));
}
