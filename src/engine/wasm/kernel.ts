import { type FunctionCall, type ModuleWriter, named, type Scope } from './assembler.ts';
import { type Code, f32, i32, type Local, sequence } from './code.ts';
import { ADDRESS_FIELDS, FLOAT_FIELDS, MAX_FIELDS } from './control-block.ts';

/** What the body of a kernel is written with. */
export interface KernelContext<Field extends string, Float extends string> {
  /** Addresses and counts that the call passes. */
  readonly fields: Readonly<Record<Field, Local>>;
  /** Numbers that the call passes, as f32. */
  readonly floats: Readonly<Record<Float, Local>>;
  /** Which part of the work to do. */
  readonly chunk: Local;
  /** Which thread does it, from 0: for scratch memory of its own. */
  readonly thread: Local;
  readonly scope: Scope;
  readonly module: ModuleWriter;
}

/** Work on the memory that threads share chunk by chunk. Chunks must not write to the same place. */
export interface Kernel<Field extends string = string, Float extends string = string> {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly floats: readonly Float[];
  /** Adds the kernel's function to a module. */
  addTo(module: ModuleWriter): FunctionCall<'chunk' | 'thread'>;
}

/** A kernel with the names of what a call must pass. */
export function kernel<const Field extends string, const Float extends string = never>(
  name: string,
  { fields, floats = [] }: { readonly fields: readonly Field[]; readonly floats?: readonly Float[] },
  write: (context: KernelContext<Field, Float>) => Code,
): Kernel<Field, Float> {
  if (Math.max(fields.length, floats.length) > MAX_FIELDS) throw new RangeError(`${name} has too many fields.`);
  return {
    name,
    fields,
    floats,
    addTo: (module) =>
      module.add(name, ['chunk', 'thread'], ({ parameters: { chunk, thread }, scope }) => {
        const addresses = named(fields, () => scope.local('i32'));
        const numbers = named(floats, () => scope.local('f32'));
        return sequence(
          ...fields.map((field, index) => addresses[field].set(i32.load(ADDRESS_FIELDS + 4 * index))),
          ...floats.map((float, index) => numbers[float].set(f32.load(FLOAT_FIELDS + 4 * index))),
          write({ fields: addresses, floats: numbers, chunk, thread, scope, module }),
        );
      }),
  };
}
