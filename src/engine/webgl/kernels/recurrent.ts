import { type Kernel, laneMask } from '../kernel.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import { activateFunction, type FusedActivation, slopeFunction } from './activations.ts';

/** Sequences, and the units of a cell. */
interface Cell {
  readonly rows: number;
  readonly units: number;
}

/** How values lie that each unit has several of: blocks of units side by side, as the pixels of an image. */
export function blocksLayout({ rows, units }: Cell, blocks: number): ImageLayout {
  return layoutOf(rows, [1, blocks, units]);
}

/** A kernel that works unit by unit. */
interface CellKernel {
  readonly name: string;
  /** Blocks of each result. */
  readonly blocks: number;
  /** GLSL of each result, of sequence `n`, four units `c` and block `block`. */
  readonly results: readonly string[];
  /** What they are made of. */
  readonly functions: string;
  readonly inputs: readonly string[];
}

function byUnits(cell: Cell, { name, blocks, results, functions, inputs }: CellKernel): Kernel {
  const layout = blocksLayout(cell, blocks);
  const { width, height } = extentOf(layout);
  const body = `
${activateFunction('sigmoid').replace('activate(', 'sigmoid(')}
${activateFunction('tanh').replace('activate(', 'tangent(')}
vec4 bySigmoid(vec4 dy, vec4 y) { return dy * y * (1.0 - y); }
${functions}
void main() {
  int n = frag.y;
  int c = frag.x % ${layout.groups};
  int block = frag.x / ${layout.groups};
  vec4 mask = ${laneMask(cell.units, 'c')};
  ${results.map((result, i) => `o${i} = ${result} * mask;`).join('\n  ')}
}`;
  const samplers = Object.fromEntries(inputs.map((input) => [input, 'rgba32f' as const]));
  return { name, body, inputs: samplers, targets: results.length, width, height };
}

/** GLSL function that gives four units of a block; 0 where `known` is false. */
function blockOf(name: string, sampler: string, { units }: Cell, known = true, row = 'n'): string {
  const groups = Math.ceil(units / 4);
  const value = known ? `texelFetch(${sampler}, ivec3(block * ${groups} + c, ${row}, 0), 0)` : 'vec4(0.0)';
  return `vec4 ${name}(int n, int c, int block) { return ${value}; }`;
}

/** What a step is computed from, beside the sums of the inputs. */
export interface StepSources {
  /** How many steps a sequence has. */
  readonly steps: number;
  /** Where the products with the state before are: for each sequence, in one row for all, or nowhere, where they are 0. */
  readonly products: 'each' | 'all' | null;
}

/**
 * GLSL functions `own` and `past`: the sums of the inputs of the step that the uniform `turn` says, and the products with the state before. sums:
 * [rows * steps, gates * units], products: [rows, gates * units] or [1, gates * units]
 */
function sumsOf(cell: Cell, { steps, products }: StepSources): string {
  return `uniform uint turn;
${blockOf('own', 'sums', cell, true, `n * ${steps} + int(turn)`)}
${blockOf('past', 'products', cell, products !== null, products === 'each' ? 'n' : '0')}`;
}

function sumInputs({ products }: StepSources): readonly string[] {
  return products === null ? ['sums'] : ['sums', 'products'];
}

/** The next state of a simple cell. */
export function simpleStep(cell: Cell, sources: StepSources, activation: FusedActivation): Kernel {
  const functions = `${activateFunction(activation)}\n${sumsOf(cell, sources)}`;
  const results = ['activate(own(n, c, 0) + past(n, c, 0))'];
  return byUnits(cell, { name: 'simple step', blocks: 1, results, functions, inputs: sumInputs(sources) });
}

/** GLSL of what a gate is, by block. */
const GATES = {
  // Input, forget, candidate, output.
  lstm: 'block == 2 ? tangent(own(n, c, 2) + past(n, c, 2)) : sigmoid(own(n, c, block) + past(n, c, block))',
  // Update, reset, candidate, and what the candidate takes of the state before.
  gru: `block < 2 ? sigmoid(own(n, c, block) + past(n, c, block)) :
    block == 3 ? past(n, c, 2) :
    tangent(own(n, c, 2) + sigmoid(own(n, c, 1) + past(n, c, 1)) * past(n, c, 2))`,
} as const;

/** The gates of a step, four blocks. */
export function gatesOf(kind: keyof typeof GATES, cell: Cell, sources: StepSources): Kernel {
  const functions = `${sumsOf(cell, sources)}
vec4 gateOf(int n, int c, int block) { return ${GATES[kind]}; }`;
  const results = ['gateOf(n, c, block)'];
  return byUnits(cell, { name: `${kind} gates`, blocks: 4, results, functions, inputs: sumInputs(sources) });
}

/** GLSL functions of the gates, and of the memory or the state before, which is 0 before the first step. */
function keptBy(cell: Cell, hasBefore: boolean): string {
  return `${blockOf('gate', 'gates', cell)}
${blockOf('before', 'before_', cell, hasBefore)}
vec4 next(int n, int c) { return gate(n, c, 1) * before(n, c, 0) + gate(n, c, 0) * gate(n, c, 2); }`;
}

function keptInputs(hasBefore: boolean): readonly string[] {
  return hasBefore ? ['gates', 'before_'] : ['gates'];
}

/** gates: of an lstm, before_: memory -> o0: the next memory, o1: the next state */
export function lstmState(cell: Cell, hasBefore: boolean): Kernel {
  const results = ['next(n, c)', 'gate(n, c, 3) * tangent(next(n, c))'];
  const functions = keptBy(cell, hasBefore);
  return byUnits(cell, { name: 'lstm state', blocks: 1, results, functions, inputs: keptInputs(hasBefore) });
}

/** gates: of a gru, before_: state -> the next state */
export function gruState(cell: Cell, hasBefore: boolean): Kernel {
  const results = ['mix(gate(n, c, 2), before(n, c, 0), gate(n, c, 0))'];
  const functions = keptBy(cell, hasBefore);
  return byUnits(cell, { name: 'gru state', blocks: 1, results, functions, inputs: keptInputs(hasBefore) });
}

/** dstate, gates: the state -> dsums */
export function simpleGradient(cell: Cell, activation: FusedActivation): Kernel {
  const functions = `${slopeFunction(activation)}\n${blockOf('gate', 'gates', cell)}\n${blockOf('dy', 'dstate', cell)}`;
  const results = ['dy(n, c, 0) * slope(gate(n, c, 0))'];
  return byUnits(cell, { name: 'simple gradient', blocks: 1, results, functions, inputs: ['dstate', 'gates'] });
}

/** Which of the values before a step there are. */
export interface Known {
  readonly before: boolean;
  readonly dmemory: boolean;
}

/** GLSL: the gradient by the next memory. That of the hyperbolic tangent is computed again. */
function lstmFunctions(cell: Cell, { before, dmemory }: Known): string {
  return `${keptBy(cell, before)}
${blockOf('dy', 'dstate', cell)}
${blockOf('given', 'dmemory', cell, dmemory)}
vec4 dnext(int n, int c) {
  vec4 shown = tangent(next(n, c));
  return given(n, c, 0) + dy(n, c, 0) * gate(n, c, 3) * (1.0 - shown * shown);
}`;
}

function lstmInputs({ before, dmemory }: Known): readonly string[] {
  return ['dstate', ...keptInputs(before), ...(dmemory ? ['dmemory'] : [])];
}

/** dstate, dmemory, gates, before_: memory -> dsums, four blocks */
export function lstmGradient(cell: Cell, known: Known): Kernel {
  const functions = `${lstmFunctions(cell, known)}
vec4 dsum(int n, int c, int block) {
  vec4 d = dnext(n, c);
  if (block == 0) return bySigmoid(d * gate(n, c, 2), gate(n, c, 0));
  if (block == 1) return bySigmoid(d * before(n, c, 0), gate(n, c, 1));
  if (block == 2) return d * gate(n, c, 0) * (1.0 - gate(n, c, 2) * gate(n, c, 2));
  return bySigmoid(dy(n, c, 0) * tangent(next(n, c)), gate(n, c, 3));
}`;
  const results = ['dsum(n, c, block)'];
  return byUnits(cell, { name: 'lstm gradient', blocks: 4, results, functions, inputs: lstmInputs(known) });
}

/** The same inputs -> the gradient by the memory before */
export function lstmMemoryGradient(cell: Cell, known: Known): Kernel {
  const results = ['dnext(n, c) * gate(n, c, 1)'];
  const functions = lstmFunctions(cell, known);
  return byUnits(cell, { name: 'lstm memory gradient', blocks: 1, results, functions, inputs: lstmInputs(known) });
}

/** dstate, gates, before_: state -> o0: dsums, o1: dproducts, three blocks each */
export function gruGradient(cell: Cell, hasBefore: boolean): Kernel {
  const functions = `${keptBy(cell, hasBefore)}
${blockOf('dy', 'dstate', cell)}
vec4 dfresh(int n, int c) {
  return dy(n, c, 0) * (1.0 - gate(n, c, 0)) * (1.0 - gate(n, c, 2) * gate(n, c, 2));
}
vec4 dsum(int n, int c, int block) {
  if (block == 0) return bySigmoid(dy(n, c, 0) * (before(n, c, 0) - gate(n, c, 2)), gate(n, c, 0));
  if (block == 1) return bySigmoid(dfresh(n, c) * gate(n, c, 3), gate(n, c, 1));
  return dfresh(n, c);
}`;
  const results = ['dsum(n, c, block)', 'dsum(n, c, block) * (block == 2 ? gate(n, c, 1) : vec4(1.0))'];
  const inputs = ['dstate', ...keptInputs(hasBefore)];
  return byUnits(cell, { name: 'gru gradient', blocks: 3, results, functions, inputs });
}

/** dstate, gates -> what comes to the state before except through the products */
export function gruStateGradient(cell: Cell): Kernel {
  const functions = `${blockOf('gate', 'gates', cell)}\n${blockOf('dy', 'dstate', cell)}`;
  const results = ['dy(n, c, 0) * gate(n, c, 0)'];
  return byUnits(cell, { name: 'gru state gradient', blocks: 1, results, functions, inputs: ['dstate', 'gates'] });
}
