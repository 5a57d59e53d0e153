import { named, type Scope } from '../assembler.ts';
import { type Code, f32x4, i32, loop, type Operand, sequence, v128, when } from '../code.ts';
import { type Kernel, kernel } from '../kernel.ts';

/** Values in a chunk: few enough to give every thread some, enough to be worth it. A multiple of four. */
export const CHUNK = 16_384;

/** Chunks for so many values. */
export function chunksFor(count: number): number {
  return Math.ceil(count / CHUNK);
}

interface Names<Input extends string, Output extends string, Float extends string> {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  readonly floats?: readonly Float[];
}

/** A kernel that works value by value, and the names of its arrays. */
export interface Elementwise<Input extends string, Output extends string, Float extends string>
  extends Kernel<Input | Output | 'count', Float> {
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
}

/**
 * A kernel that works value by value, four at a time, on arrays of `count` floats. Where `count` is not a multiple of
 * four, it also processes the slack behind its arrays.
 */
export function elementwise<
  const Input extends string,
  const Output extends string,
  const Float extends string = never,
>(
  name: string,
  { inputs, outputs, floats = [] }: Names<Input, Output, Float>,
  formula: (values: Readonly<Record<Input | Float, Operand>>, scope: Scope) => Readonly<Record<Output, Code>>,
): Elementwise<Input, Output, Float> {
  const written = kernel(name, { fields: [...inputs, ...outputs, 'count'], floats }, (context) => {
    const { fields, chunk, scope } = context;
    const arrays: readonly (Input | Output)[] = [...inputs, ...outputs];
    const end = scope.local('i32');
    const loaded = named(inputs, () => scope.local('v128'));
    const spread = named(floats, () => scope.local('v128'));
    const results = formula({ ...loaded, ...spread }, scope);
    const start = i32.shl(i32.mul(chunk, CHUNK), 2);
    return sequence(
      end.set(i32.sub(fields.count, i32.mul(chunk, CHUNK))),
      when(i32.gt(end, CHUNK), end.set(CHUNK)),
      ...floats.map((float) => spread[float].set(v128.splat(context.floats[float]))),
      ...arrays.map((array) => fields[array].increase(start)),
      // From here on `count` is the position in the chunk.
      fields.count.set(0),
      loop(
        fields.count,
        end,
        4,
        sequence(
          ...inputs.map((input) => loaded[input].set(v128.load(fields[input]))),
          ...outputs.map((output) => v128.store(fields[output], results[output])),
          ...arrays.map((array) => fields[array].increase(16)),
        ),
      ),
    );
  });
  return { ...written, inputs, outputs };
}

const ZERO = v128.splat(0);

/** z = x + y. */
export const ADD = elementwise('add', { inputs: ['x', 'y'], outputs: ['z'] }, ({ x, y }) => ({ z: f32x4.add(x, y) }));

/** z = x - y. */
export const SUBTRACT = elementwise('subtract', { inputs: ['x', 'y'], outputs: ['z'] }, ({ x, y }) => ({
  z: f32x4.sub(x, y),
}));

/** z = x y. */
export const MULTIPLY = elementwise('multiply', { inputs: ['x', 'y'], outputs: ['z'] }, ({ x, y }) => ({
  z: f32x4.mul(x, y),
}));

/** y = max(x, 0). */
export const RELU = elementwise('relu', { inputs: ['x'], outputs: ['y'] }, ({ x }) => ({ y: f32x4.pmax(x, ZERO) }));

/** dx = dy where y > 0, and 0 elsewhere. */
export const RELU_GRADIENT = elementwise('reluGradient', { inputs: ['dy', 'y'], outputs: ['dx'] }, ({ dy, y }) => ({
  dx: v128.and(dy, f32x4.gt(y, ZERO)),
}));

/** 1 where x > 0, and 0 elsewhere. */
export const STEP = elementwise('step', { inputs: ['x'], outputs: ['y'] }, ({ x }) => ({
  y: v128.and(v128.splat(1), f32x4.gt(x, ZERO)),
}));
