import { useRef } from 'react';
import { hasSameValues } from '../../core/same-values.ts';

/** The same object from one rendering to the next, until one of its values is another. */
export function useSame<Values extends object>(values: Values): Values {
  const last = useRef(values);
  if (!hasSameValues(last.current, values)) last.current = values;
  return last.current;
}
