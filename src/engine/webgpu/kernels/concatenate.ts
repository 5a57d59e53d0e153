import { at } from '../../../core/at.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Dispatch, Uniforms } from '../dispatch.ts';
import { perValue } from './shader.ts';

/** Rows of several matrices side by side, one after another. parts: [rows, widths[i]] -> z: [rows, columns] */
export function concatenate({ inputs, outputs, attributes }: OperationOf<'concatenate'>): readonly Dispatch[] {
  const { rows, widths } = attributes;
  const columns = widths.reduce((sum, width) => sum + width, 0);
  let next = 0;
  return inputs.parts.map((part, i) => {
    const width = at(widths, i);
    const first = next;
    next += width;
    const body = `z[i / ${width}u * ${columns}u + call.first + i % ${width}u] = part[i];`;
    const writes = { z: outputs.z };
    return { name: 'concatenate', reads: { part }, writes, uniforms: from(first), ...perValue(rows * width, body) };
  });
}

/** Some columns of a matrix. z: [rows, columns] -> x: [rows, width] */
export function columnsOf({ inputs, outputs, attributes }: OperationOf<'columnsOf'>): readonly Dispatch[] {
  const { rows, columns, first, width } = attributes;
  const body = `x[i] = z[i / ${width}u * ${columns}u + call.first + i % ${width}u];`;
  const shader = perValue(rows * width, body);
  return [{ name: 'columns', reads: inputs, writes: outputs, uniforms: from(first), ...shader }];
}

/** A number as a uniform, so that one shader serves all. */
function from(first: number): Uniforms {
  return { fields: { first: 'u32' }, valuesAt: () => ({ first }) };
}
