import { type Code, call, Local, type Operand, TYPES, unsigned, type ValueType } from './code.ts';

/** The local variables of a function that is being assembled. */
export class Scope {
  readonly types: ValueType[] = [];
  readonly #parameters: number;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** A new variable, 0 at first. */
  local(type: ValueType): Local {
    this.types.push(type);
    return new Local(this.#parameters + this.types.length - 1);
  }

  /** A new variable that holds a whole number, with the code that sets its first value. */
  variable(value: Operand): { readonly local: Local; readonly start: Code } {
    const local = this.local('i32');
    return { local, start: local.set(value) };
  }
}

/** What the body of a function is written with: its parameters by name, all i32, and its variables. */
export interface FunctionContext<Parameter extends string> {
  readonly parameters: Readonly<Record<Parameter, Local>>;
  readonly scope: Scope;
  /** The module that the function becomes part of. */
  readonly module: ModuleWriter;
}

/** A function that other functions call. `ModuleWriter.use` adds it to the module when it is first needed. */
export interface Subroutine<Parameter extends string> {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  write(context: FunctionContext<Parameter>): Code;
}

/** Calls a function with a value for each of its parameters. */
export type FunctionCall<Parameter extends string> = (values: Readonly<Record<Parameter, Operand>>) => Code;

interface Written {
  readonly name: string;
  readonly parameters: number;
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** The pages of 64 KiB that a module's memory has, and whether threads share it. */
export interface MemoryLimits {
  readonly initial: number;
  readonly maximum: number;
  readonly shared: boolean;
}

/** Collects the functions of a module. They take whole numbers, return nothing and are all exported. */
export class ModuleWriter {
  /** Whether multiply and add may be one instruction, which not every browser offers. */
  readonly fused: boolean;
  readonly #functions: Written[] = [];

  constructor({ fused }: { readonly fused: boolean }) {
    this.fused = fused;
  }

  /** A function that writes a call of a subroutine, which is added to the module the first time. */
  use<Parameter extends string>({ name, parameters, write }: Subroutine<Parameter>): FunctionCall<Parameter> {
    const known = this.#functions.findIndex((written) => written.name === name);
    return known < 0 ? this.add(name, parameters, write) : callOf(known, parameters);
  }

  /** Adds a function. Returns a function that writes a call of it, for functions that are added later. */
  add<Parameter extends string>(
    name: string,
    parameters: readonly Parameter[],
    write: (context: FunctionContext<Parameter>) => Code,
  ): FunctionCall<Parameter> {
    const scope = new Scope(parameters.length);
    const locals = named(parameters, (_, index) => new Local(index));
    const body = write({ parameters: locals, scope, module: this });
    const index = this.#functions.push({ name, parameters: parameters.length, locals: scope.types, body }) - 1;
    return callOf(index, parameters);
  }

  /** The module as bytes. It imports its memory as `env.memory`. */
  assemble(memory: MemoryLimits): Uint8Array<ArrayBuffer> {
    const functions = this.#functions;
    const types = functions.map(({ parameters }) => [0x60, ...list(repeated([TYPES.i32], parameters)), 0]);
    const limits = [memory.shared ? 3 : 1, ...unsigned(memory.initial), ...unsigned(memory.maximum)];
    const imported = [...text('env'), ...text('memory'), 2, ...limits];
    const exports = functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]);
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, list(types)),
      ...section(2, list([imported])),
      ...section(3, list(functions.map((_, index) => unsigned(index)))),
      ...section(7, list(exports)),
      ...section(10, list(functions.map(bodyOf))),
    ]);
  }
}

function callOf<Parameter extends string>(index: number, parameters: readonly Parameter[]): FunctionCall<Parameter> {
  return (values) =>
    call(
      index,
      parameters.map((parameter) => values[parameter]),
    );
}

/** A record with a value for each name. */
export function named<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name, index: number) => Value,
): Record<Name, Value> {
  const record: Partial<Record<Name, Value>> = {};
  names.forEach((name, index) => {
    record[name] = make(name, index);
  });
  return complete(names, record);
}

function complete<Name extends string, Value>(names: readonly Name[], record: Partial<Record<Name, Value>>) {
  if (isComplete(names, record)) return record;
  throw new Error('A name has no value.');
}

function isComplete<Name extends string, Value>(
  names: readonly Name[],
  record: Partial<Record<Name, Value>>,
): record is Record<Name, Value> {
  return names.every((name) => record[name] !== undefined);
}

function bodyOf({ locals, body }: Written): Code {
  const declared = list(locals.map((type) => [1, TYPES[type]]));
  return sized([...declared, ...body, 0x0b]);
}

function section(id: number, content: Code): Code {
  return [id, ...sized(content)];
}

function sized(content: Code): Code {
  return [...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function repeated(item: Code, count: number): Code[] {
  return Array.from({ length: count }, () => item);
}

function text(value: string): Code {
  return sized([...new TextEncoder().encode(value)]);
}
