import { useRef } from 'react';

/** The same object from one rendering to the next, until one of its values is another. */
export function useSame<Values extends object>(values: Values): Values {
  const last = useRef(values);
  if (!hasSameValues(last.current, values)) last.current = values;
  return last.current;
}

function hasSameValues(one: object, other: object): boolean {
  const before = new Map<string, unknown>(Object.entries(one));
  const now: readonly [string, unknown][] = Object.entries(other);
  return (
    now.length === before.size && now.every(([name, value]) => before.has(name) && Object.is(value, before.get(name)))
  );
}
