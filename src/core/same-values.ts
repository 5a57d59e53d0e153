/** Whether two objects have the same values under the same names. */
export function hasSameValues(one: object, other: object): boolean {
  const before = new Map<string, unknown>(Object.entries(one));
  const now: readonly [string, unknown][] = Object.entries(other);
  return (
    now.length === before.size && now.every(([name, value]) => before.has(name) && Object.is(value, before.get(name)))
  );
}
