/**
 * WebAssembly instructions as functions: each takes the code of its operands and gives code that leaves its result on
 * the stack. A number stands for a constant of the operand's type, a Local for its value.
 */

/** Instructions as bytes. */
export type Code = readonly number[];

/** Types of values: whole numbers of 32 bits (addresses too), floats, and vectors of four floats. */
export const TYPES = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

export type ValueType = keyof typeof TYPES;

/** A parameter or a variable of a function. */
export class Local {
  readonly get: Code;
  readonly #index: Code;

  constructor(index: number) {
    this.#index = unsigned(index);
    this.get = [0x20, ...this.#index];
  }

  set(value: Operand): Code {
    return [...codeOf(value), 0x21, ...this.#index];
  }

  /** Adds to the variable, a whole number. */
  increase(by: Operand): Code {
    return this.set(i32.add(this, by));
  }
}

/** Something with a value; a number is an i32 constant unless the instruction says otherwise. */
export type Operand = Code | Local | number;

function codeOf(operand: Operand, constant: (value: number) => Code = i32Const): Code {
  if (operand instanceof Local) return operand.get;
  return typeof operand === 'number' ? constant(operand) : operand;
}

/** LEB128 of a whole number that is not negative. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

function i32Const(value: number): Code {
  return [0x41, ...signed(value)];
}

function f32Const(value: number): Code {
  return [0x43, ...new Uint8Array(new Float32Array([value]).buffer)];
}

type Instruction = (...operands: Operand[]) => Code;

function instruction(opcode: Code, constant?: (value: number) => Code): Instruction {
  return (...operands) => [...operands.flatMap((operand) => codeOf(operand, constant)), ...opcode];
}

/** One instruction of the vector extension. */
function vector(opcode: number): Instruction {
  return instruction([0xfd, ...unsigned(opcode)]);
}

/** A read or write: address first, `offset` bytes on top. */
function access(opcode: Code, align: number) {
  return (address: Operand, offset = 0): Code => [...codeOf(address), ...opcode, align, ...unsigned(offset)];
}

function store(opcode: Code, align: number, constant?: (value: number) => Code) {
  return (address: Operand, value: Operand, offset = 0): Code => [
    ...codeOf(address),
    ...codeOf(value, constant),
    ...opcode,
    align,
    ...unsigned(offset),
  ];
}

/** Whole numbers and addresses. */
export const i32 = {
  const: i32Const,
  load: access([0x28], 2),
  loadByte: access([0x2d], 0),
  store: store([0x36], 2),
  eqz: instruction([0x45]),
  eq: instruction([0x46]),
  ne: instruction([0x47]),
  lt: instruction([0x48]),
  /** Of addresses, which are negative beyond 2 GiB where they are taken for whole numbers. */
  ltU: instruction([0x49]),
  gt: instruction([0x4a]),
  gtU: instruction([0x4b]),
  le: instruction([0x4c]),
  ge: instruction([0x4e]),
  add: instruction([0x6a]),
  sub: instruction([0x6b]),
  mul: instruction([0x6c]),
  div: instruction([0x6d]),
  rem: instruction([0x6f]),
  and: instruction([0x71]),
  or: instruction([0x72]),
  shl: instruction([0x74]),
  shrU: instruction([0x76]),
  select: (yes: Operand, no: Operand, condition: Operand): Code => [
    ...codeOf(yes),
    ...codeOf(no),
    ...codeOf(condition),
    0x1b,
  ],
};

/** Single floats. */
export const f32 = {
  const: f32Const,
  load: access([0x2a], 2),
  store: store([0x38], 2, f32Const),
  eq: instruction([0x5b], f32Const),
  gt: instruction([0x5e], f32Const),
  sqrt: instruction([0x91], f32Const),
  add: instruction([0x92], f32Const),
  sub: instruction([0x93], f32Const),
  mul: instruction([0x94], f32Const),
  div: instruction([0x95], f32Const),
  max: instruction([0x97], f32Const),
  ofUnsigned: instruction([0xb3]),
  select: i32.select,
};

/** Four lanes at once. */
export const v128 = {
  load: access([0xfd, 0x00], 2),
  loadSplat: access([0xfd, 0x09], 2),
  /** Four bytes as four whole numbers. */
  loadBytes: (address: Operand): Code => [
    ...[...codeOf(address), 0xfd, ...unsigned(0x5c), 2, 0],
    ...[0xfd, ...unsigned(0x89), 0xfd, ...unsigned(0xa9)],
  ],
  store: store([0xfd, 0x0b], 2),
  /** The first of the four. */
  storeFirst: (address: Operand, value: Operand): Code => [...codeOf(address), ...codeOf(value), 0xfd, 0x5a, 2, 0, 0],
  splat: instruction([0xfd, 0x13], f32Const),
  splatInt: vector(0x11),
  not: vector(0x4d),
  and: vector(0x4e),
  /** `a` where `b` is 0. */
  andNot: vector(0x4f),
  or: vector(0x50),
  xor: vector(0x51),
  select: vector(0x52),
  /** 1 where any bit is set, else 0. */
  anyTrue: vector(0x53),
};

/** Lanes of two vectors in a new order: 0 to 3 are those of `a`, 4 to 7 those of `b`. */
export function shuffle(a: Operand, b: Operand, lanes: readonly [number, number, number, number]): Code {
  const bytes = lanes.flatMap((lane) => [lane * 4, lane * 4 + 1, lane * 4 + 2, lane * 4 + 3]);
  return [...codeOf(a), ...codeOf(b), 0xfd, 0x0d, ...bytes];
}

export const f32x4 = {
  eq: vector(0x41),
  ne: vector(0x42),
  lt: vector(0x43),
  gt: vector(0x44),
  ge: vector(0x46),
  sqrt: vector(0xe3),
  add: vector(0xe4),
  sub: vector(0xe5),
  mul: vector(0xe6),
  div: vector(0xe7),
  abs: vector(0xe0),
  neg: vector(0xe1),
  max: vector(0xe9),
  /** `b` where it is greater than `a`, else `a`: one instruction, unlike `max`. */
  pmax: vector(0xeb),
  /** The nearest whole numbers, as floats. */
  nearest: vector(0x6a),
  ofInts: vector(0xfa),
  /** `a * b + c`, rounded once or twice, depending on the processor. */
  relaxedMadd: vector(0x105),
};

export const i32x4 = {
  const: (lanes: readonly [number, number, number, number]): Code => [
    ...[0xfd, 0x0c],
    ...new Uint8Array(Int32Array.from(lanes).buffer),
  ],
  ge: vector(0x3f),
  add: vector(0xae),
  mul: vector(0xb5),
  shl: vector(0xab),
  shrU: vector(0xad),
  /** Floats without what stands behind the point. */
  ofFloats: vector(0xf8),
};

/** Whole blocks of bytes. */
export const bulk = {
  copy: (to: Operand, from: Operand, bytes: Operand): Code => [
    ...codeOf(to),
    ...codeOf(from),
    ...codeOf(bytes),
    ...[0xfc, 0x0a, 0, 0],
  ],
  zero: (to: Operand, bytes: Operand): Code => [...codeOf(to), ...i32Const(0), ...codeOf(bytes), ...[0xfc, 0x0b, 0]],
};

/** Threads on shared memory. */
export const atomic = {
  load: access([0xfe, 0x10], 2),
  store: store([0xfe, 0x17], 2),
  /** Adds, and returns the value before. */
  add: store([0xfe, 0x1e], 2),
  /** Writes `value` if the memory holds `expected`; returns what it held (compare and exchange). */
  exchange: (address: Operand, expected: Operand, value: Operand): Code => [
    ...codeOf(address),
    ...codeOf(expected),
    ...codeOf(value),
    0xfe,
    0x48,
    2,
    0,
  ],
  /** Wakes at most `count` threads; returns how many. */
  notify: store([0xfe, 0x00], 2),
  /** Sleeps while the number there is `expected`. */
  wait: (address: Operand, expected: Operand): Code => [
    ...codeOf(address),
    ...codeOf(expected),
    0x42,
    0x7f,
    0xfe,
    0x01,
    2,
    0,
  ],
};

/** Statements one after another. */
export function sequence(...statements: readonly Code[]): Code {
  return statements.flat();
}

/** Runs `then` where the condition is not 0, and `otherwise` where it is. */
export function when(condition: Operand, then: Code, otherwise: Code = []): Code {
  const elsePart = otherwise.length > 0 ? [0x05, ...otherwise] : [];
  return [...codeOf(condition), 0x04, 0x40, ...then, ...elsePart, 0x0b];
}

/** Runs `body` for `counter` from its present value while it is below `end`, in steps. */
export function loop(counter: Local, end: Operand, step: Operand, body: Code): Code {
  return repeat(counter, i32.lt(counter, end), step, body);
}

/** The same from an address to another. */
export function loopAddresses(address: Local, end: Operand, step: Operand, body: Code): Code {
  return repeat(address, i32.ltU(address, end), step, body);
}

function repeat(counter: Local, isBelow: Code, step: Operand, body: Code): Code {
  return when(isBelow, [0x03, 0x40, ...body, ...counter.increase(step), ...isBelow, 0x0d, 0x00, 0x0b]);
}

/** Repeats `body` until `stop`, which is evaluated before each round, is not 0. */
export function loopUntil(stop: Operand, body: Code): Code {
  return [0x02, 0x40, 0x03, 0x40, ...codeOf(stop), 0x0d, 0x01, ...body, 0x0c, 0x00, 0x0b, 0x0b];
}

/** Calls a function by its position in the module. */
export function call(index: number, operands: readonly Operand[]): Code {
  return [...operands.flatMap((operand) => codeOf(operand)), 0x10, ...unsigned(index)];
}

/** Drops a result that is not needed. */
export function drop(value: Code): Code {
  return [...value, 0x1a];
}
