import type { Buffer } from '../../step/buffer.ts';
import type { Dispatch } from '../dispatch.ts';
import { perValue } from './shader.ts';

interface Parts {
  readonly parts: number;
  /** Values of a part. */
  readonly count: number;
  /** [parts, count] */
  readonly partial: Buffer;
  /** [count] */
  readonly output: Buffer;
  /** Added to each row of `columns` values: [columns]. */
  readonly bias?: Buffer | null;
  readonly columns?: number;
  readonly relu?: boolean;
}

/** Adds parts up, value by value and in order. */
export function sumParts(
  name: string,
  { parts, count, partial, output, bias = null, columns = count, relu = false }: Parts,
): Dispatch {
  const sum = `sum${bias === null ? '' : ` + bias[i % ${columns}u]`}`;
  const body = `var sum = 0.0;
  for (var part = 0u; part < ${parts}u; part++) { sum += partial[part * ${count}u + i]; }
  total[i] = ${relu ? `max(${sum}, 0.0)` : sum};`;
  const reads = { partial, ...(bias === null ? {} : { bias }) };
  return { name, reads, writes: { total: output }, ...perValue(count, body) };
}
