import type { Buffer } from '../../step/buffer.ts';
import type { OperationOf } from '../../step/operation.ts';
import type { Place } from '../draw.ts';
import {
  blocksLayout,
  gatesOf,
  gruGradient,
  gruState,
  gruStateGradient,
  lstmGradient,
  lstmMemoryGradient,
  lstmState,
  type StepSources,
  simpleGradient,
  simpleStep,
} from '../kernels/recurrent.ts';
import { extentOf } from '../layout.ts';
import type { Lowering } from '../lowering.ts';
import type { Lower } from './lower.ts';

/** How many sums each unit has. */
const GATES = { simple: 1, lstm: 4, gru: 3 } as const;

type Step = OperationOf<'recurrentStep'>;
type Gradient = OperationOf<'recurrentStepGradient'>;

/** One draw; of an lstm or a gru two: the gates, and what becomes of them. Of its gates an lstm keeps four: tanh(memory) is computed again. */
export const recurrentStep: Lower<'recurrentStep'> = (operation, at) => {
  const { outputs, attributes } = operation;
  const { cell, step } = attributes;
  const { reads, sources } = sumsFor(operation, at);
  const one = blocksLayout(attributes, 1);
  const uniforms = () => ({ turn: [step] });
  if (cell.kind === 'simple') {
    at.draw(simpleStep(attributes, sources, cell.activation), reads, [at.put(outputs.state, one)], { uniforms });
    return;
  }
  const layout = blocksLayout(attributes, 4);
  const gates = outputs.gates === null ? at.scratch('gates', extentOf(layout)) : at.put(outputs.gates, layout);
  at.draw(gatesOf(cell.kind, attributes, sources), reads, [gates], { uniforms });
  const before = beforeOf(operation, at);
  const kept = { gates, ...before };
  const isLater = 'before_' in before;
  const state = at.put(outputs.state, one);
  if (cell.kind === 'gru') at.draw(gruState(attributes, isLater), kept, [state]);
  else at.draw(lstmState(attributes, isLater), kept, [at.put(memoryOf(outputs), one), state]);
};

/** The sums of all steps, and the products of this one, in blocks of units. */
function sumsFor({ inputs, attributes }: Step, at: Lowering) {
  const { cell, rows, units, steps } = attributes;
  const seen = { height: 1, width: GATES[cell.kind], channels: units };
  const sums = at.imagesOf(inputs.sums, { ...seen, batch: rows * steps }).place;
  const products: StepSources['products'] = inputs.products ? 'each' : inputs.bias && 'all';
  const others = inputs.products ?? inputs.bias;
  const batch = products === 'each' ? rows : 1;
  const reads: Record<string, Place> = {
    sums,
    ...(others && { products: at.imagesOf(others, { ...seen, batch }).place }),
  };
  return { reads, sources: { steps, products } };
}

/** The memory of an lstm or the state of a gru before the step, where it is not 0. */
function beforeOf({ inputs, attributes }: Step | Gradient, at: Lowering): Record<string, Place> {
  const { cell, rows, units } = attributes;
  const before = cell.kind === 'lstm' ? inputs.memory : inputs.state;
  return before === null ? {} : { before_: at.vectorsOf(before, rows, units).place };
}

function memoryOf({ memory }: { readonly memory: Buffer | null }): Buffer {
  if (memory === null) throw new Error('An lstm has a memory.');
  return memory;
}

/** One draw; of an lstm or a gru two, where there was a step before. */
export const recurrentStepGradient: Lower<'recurrentStepGradient'> = (operation, at) => {
  const { inputs, outputs, attributes } = operation;
  const { cell, rows, units } = attributes;
  const dstate = at.vectorsOf(inputs.dstate, rows, units).place;
  const reads = { dstate, gates: at.valueOf(inputs.gates).place, ...beforeOf(operation, at) };
  const before = 'before_' in reads;
  const one = blocksLayout(attributes, 1);
  const dsums = at.put(outputs.dsums, blocksLayout(attributes, GATES[cell.kind]));
  switch (cell.kind) {
    case 'simple':
      at.draw(simpleGradient(attributes, cell.activation), reads, [dsums]);
      break;
    case 'lstm': {
      const { dmemory } = inputs;
      const known = { before, dmemory: dmemory !== null };
      const all = { ...reads, ...(dmemory && { dmemory: at.vectorsOf(dmemory, rows, units).place }) };
      at.draw(lstmGradient(attributes, known), all, [dsums]);
      if (outputs.dmemory) at.draw(lstmMemoryGradient(attributes, known), all, [at.put(outputs.dmemory, one)]);
      break;
    }
    case 'gru': {
      const { dproducts } = outputs;
      if (dproducts === null) throw new Error('A gru has a gradient by its products.');
      at.draw(gruGradient(attributes, before), reads, [dsums, at.put(dproducts, blocksLayout(attributes, 3))]);
      if (outputs.dstate) at.draw(gruStateGradient(attributes), reads, [at.put(outputs.dstate, one)]);
      break;
    }
    default:
      cell satisfies never;
  }
};
