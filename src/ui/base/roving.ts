/**
 * The item that an arrow key, Home or End leads to, in a row of `count` items that wraps round; undefined for other
 * keys. A row responds to left and right, a column to up and down, `both` to all four.
 */
export function nextItem(
  key: string,
  current: number,
  count: number,
  orientation: 'row' | 'column' | 'both' = 'row',
): number | undefined {
  const step = stepOf(key, orientation);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return step === undefined ? undefined : (current + step + count) % count;
}

function stepOf(key: string, orientation: 'row' | 'column' | 'both'): 1 | -1 | undefined {
  if (orientation !== 'column' && key === 'ArrowRight') return 1;
  if (orientation !== 'column' && key === 'ArrowLeft') return -1;
  if (orientation !== 'row' && key === 'ArrowDown') return 1;
  if (orientation !== 'row' && key === 'ArrowUp') return -1;
  return undefined;
}
