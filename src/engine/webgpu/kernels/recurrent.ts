import type { Buffer } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { CellSpec } from '../../step/sequence-operations.ts';
import { type Dispatch, present, type Uniforms } from '../dispatch.ts';
import { ACTIVATION_FUNCTIONS, FORMULAS } from './activate.ts';
import { perValue } from './shader.ts';

/** WGSL of what a cell makes of its sums and products, for each unit; `own` and `past` give both, by gate. */
const STEPS: { readonly [Kind in CellSpec['kind']]: { readonly gates: number; readonly body: string } } = {
  simple: { gates: 1, body: 'newState[i] = applied(own(i, 0u) + past(i, 0u));' },
  lstm: {
    gates: 4,
    body: `let input = sigmoid(own(i, 0u) + past(i, 0u));
  let forget = sigmoid(own(i, 1u) + past(i, 1u));
  let candidate = tangent(own(i, 2u) + past(i, 2u));
  let output = sigmoid(own(i, 3u) + past(i, 3u));
  let next = forget * memoryBefore(i) + input * candidate;
  let shown = tangent(next);
  newMemory[i] = next;
  newState[i] = output * shown;
  keep(i, 0u, input);
  keep(i, 1u, forget);
  keep(i, 2u, candidate);
  keep(i, 3u, output);
  keep(i, 4u, shown);`,
  },
  gru: {
    gates: 3,
    body: `let update = sigmoid(own(i, 0u) + past(i, 0u));
  let reset = sigmoid(own(i, 1u) + past(i, 1u));
  let old = past(i, 2u);
  let fresh = tangent(own(i, 2u) + reset * old);
  newState[i] = update * stateBefore(i) + (1.0 - update) * fresh;
  keep(i, 0u, update);
  keep(i, 1u, reset);
  keep(i, 2u, fresh);
  keep(i, 3u, old);`,
  },
};

/** Blocks of `units` values that are kept for the gradient. */
const KEPT = { simple: 1, lstm: 5, gru: 4 } as const satisfies Readonly<Record<CellSpec['kind'], number>>;

/**
 * One step of a recurrent cell, an invocation for each sequence and unit. sums: [rows, steps, gates * units], products: [rows, gates * units],
 * state, memory: [rows, units] -> state, memory: [rows, units], gates: [rows, kept * units]
 */
export function recurrentStep({ inputs, outputs, attributes }: OperationOf<'recurrentStep'>): readonly Dispatch[] {
  const { cell, rows, units, steps, step } = attributes;
  const { gates, body } = STEPS[cell.kind];
  const width = gates * units;
  const { sums, products, bias, memory } = inputs;
  const state = cell.kind === 'gru' ? inputs.state : null;
  const others = products ?? bias;
  const gate = `gate * ${units}u + i % ${units}u`;
  const row = products === null ? '' : `i / ${units}u * ${width}u + `;
  const functions = `${ACTIVATION_FUNCTIONS}
fn tangent(v: f32) -> f32 { return ${FORMULAS.tanh.apply}; }
fn own(i: u32, gate: u32) -> f32 { return sums[(i / ${units}u * ${steps}u + call.step) * ${width}u + ${gate}]; }
fn past(i: u32, gate: u32) -> f32 { return ${others === null ? '0.0' : `others[${row}${gate}]`}; }
${valueBefore('stateBefore', 'state', state)}
${valueBefore('memoryBefore', 'memory', memory)}
${cell.kind === 'simple' ? `fn applied(v: f32) -> f32 { return ${FORMULAS[cell.activation].apply}; }` : ''}
${cell.kind === 'simple' ? '' : `fn keep(i: u32, gate: u32, value: f32) { gates[${keptAt(cell, units)}] = value; }`}`;
  const uniforms: Uniforms = { fields: { step: 'u32' }, valuesAt: () => ({ step }) };
  const reads = { sums, ...present({ others, state, memory }) };
  const writes = { newState: outputs.state, ...present({ newMemory: outputs.memory, gates: outputs.gates }) };
  return [{ name: `${cell.kind} step`, reads, writes, uniforms, ...perValue(rows * units, body, functions) }];
}

/**
 * The gradient by one step of a recurrent cell, an invocation for each sequence and unit. dstate, dmemory: [rows, units] ->
 * dsums, dproducts: [rows, gates * units], dstate, dmemory before the step: [rows, units]
 */
export function recurrentStepGradient(operation: OperationOf<'recurrentStepGradient'>): readonly Dispatch[] {
  const { inputs, outputs, attributes } = operation;
  const { cell, rows, units } = attributes;
  const width = STEPS[cell.kind].gates * units;
  const { dstate, dmemory, gates, memory } = inputs;
  const state = cell.kind === 'gru' ? inputs.state : null;
  const place = `i / ${units}u * ${width}u + gate * ${units}u + i % ${units}u`;
  const functions = `
fn kept(i: u32, gate: u32) -> f32 { return gates[${keptAt(cell, units)}]; }
fn bySigmoid(dy: f32, y: f32) -> f32 { return dy * y * (1.0 - y); }
fn give(i: u32, gate: u32, value: f32) { dsums[${place}] = value; }
${cell.kind === 'gru' ? `fn giveProducts(i: u32, gate: u32, value: f32) { dproducts[${place}] = value; }` : ''}
${cell.kind === 'simple' ? `fn slope(v: f32) -> f32 { return ${FORMULAS[cell.activation].slope}; }` : ''}
${valueBefore('stateBefore', 'state', state)}
${valueBefore('memoryBefore', 'memory', memory)}`;
  const body = gradientBody(operation);
  const reads = { dstate, gates, ...present({ dmemory, memory, state }) };
  const { dsums, dproducts } = outputs;
  const before = present({ dproducts, dstateBefore: outputs.dstate, dmemoryBefore: outputs.dmemory });
  const shader = perValue(rows * units, body, functions);
  return [{ name: `${cell.kind} step gradient`, reads, writes: { dsums, ...before }, ...shader }];
}

/** WGSL of the gradient for each unit; `kept` has the gates by block, `give` takes the gradients by gate. */
function gradientBody({ inputs, outputs, attributes: { cell } }: OperationOf<'recurrentStepGradient'>): string {
  switch (cell.kind) {
    case 'simple':
      return 'give(i, 0u, dstate[i] * slope(kept(i, 0u)));';
    case 'lstm':
      return `let candidate = kept(i, 2u);
  let shown = kept(i, 4u);
  let dnext = ${inputs.dmemory === null ? '' : 'dmemory[i] + '}dstate[i] * kept(i, 3u) * (1.0 - shown * shown);
  give(i, 0u, bySigmoid(dnext * candidate, kept(i, 0u)));
  give(i, 1u, bySigmoid(dnext * memoryBefore(i), kept(i, 1u)));
  give(i, 2u, dnext * kept(i, 0u) * (1.0 - candidate * candidate));
  give(i, 3u, bySigmoid(dstate[i] * shown, kept(i, 3u)));
  ${outputs.dmemory === null ? '' : 'dmemoryBefore[i] = dnext * kept(i, 1u);'}`;
    case 'gru':
      return `let update = kept(i, 0u);
  let fresh = kept(i, 2u);
  let dfresh = dstate[i] * (1.0 - update) * (1.0 - fresh * fresh);
  let dupdate = bySigmoid(dstate[i] * (stateBefore(i) - fresh), update);
  let dreset = bySigmoid(dfresh * kept(i, 3u), kept(i, 1u));
  give(i, 0u, dupdate);
  give(i, 1u, dreset);
  give(i, 2u, dfresh);
  giveProducts(i, 0u, dupdate);
  giveProducts(i, 1u, dreset);
  giveProducts(i, 2u, dfresh * kept(i, 1u));
  ${outputs.dstate === null ? '' : 'dstateBefore[i] = dstate[i] * update;'}`;
    default:
      return cell satisfies never;
  }
}

/** WGSL of the place of unit i's value in a block of what is kept for the gradient. */
function keptAt({ kind }: CellSpec, units: number): string {
  return `i / ${units}u * ${KEPT[kind] * units}u + gate * ${units}u + i % ${units}u`;
}

/** A WGSL function that gives unit i's value before the step, which is 0 before the first. */
function valueBefore(name: string, buffer: string, known: Buffer | null): string {
  return `fn ${name}(i: u32) -> f32 { return ${known === null ? '0.0' : `${buffer}[i]`}; }`;
}
