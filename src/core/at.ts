/**
 * The element at an index; a RangeError where there is none. For lists that are known to be long enough, outside of loops
 * over many values, where the check would cost.
 */
export function at<Value>(list: ArrayLike<Value>, index: number): Value {
  const value = list[index];
  if (value === undefined) throw new RangeError(`There is no element ${index}: the list has ${list.length}.`);
  return value;
}

/** The last element; a RangeError where there is none. */
export function last<Value>(list: ArrayLike<Value>): Value {
  return at(list, list.length - 1);
}
