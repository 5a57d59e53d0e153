import { at } from '../../../core/at.ts';
import { sizeOf } from '../../../core/network/shape.ts';
import type { Buffer } from '../buffer.ts';
import type { OperationOf } from '../operation.ts';
import type { Recorder, Value } from '../recorder.ts';
import type { CellSpec } from '../sequence-operations.ts';
import { takeColumns } from './concatenate.ts';
import { giveColumnSums, product } from './products.ts';

/** Sequences and the weights of one direction. */
interface Reading {
  readonly cell: CellSpec;
  /** [batch, steps, features] */
  readonly x: Value;
  /** [features, gates * units] */
  readonly kernel: Value;
  /** [units, gates * units] */
  readonly recurrentKernel: Value;
  /** [gates * units], or of a GRU one for each of its two sums: [2, gates * units]. */
  readonly bias: Value;
  /** From the last step to the first. */
  readonly backwards: boolean;
  readonly returnSequences: boolean;
}

/** The blocks of `gates` that each cell keeps: see `recurrentStep`. */
const KEPT = { simple: 0, lstm: 5, gru: 4 } as const satisfies Readonly<Record<CellSpec['kind'], number>>;

/** One step that was read. */
interface StepRead {
  readonly step: number;
  readonly state: Buffer;
  readonly memory: Buffer | null;
  readonly gates: Buffer | null;
  /** The one before, in the order of reading. */
  readonly before: StepRead | null;
}

/**
 * Reads sequences step by step from a state of zeros. Gives the output of the last step that was read, [batch, units], or those of
 * all steps in the order of the sequence, [batch, steps, units].
 */
export function readSequence(recorder: Recorder, name: string, reading: Reading): Value {
  return new SequenceReader(recorder, name, reading).read();
}

class SequenceReader {
  readonly #recorder: Recorder;
  readonly #name: string;
  readonly #reading: Reading;
  readonly #rows: number;
  readonly #steps: number;
  readonly #units: number;
  /** Gates times units. */
  readonly #width: number;

  constructor(recorder: Recorder, name: string, reading: Reading) {
    this.#recorder = recorder;
    this.#name = name;
    this.#reading = reading;
    [this.#rows, this.#steps] = [at(reading.x.shape, 0), at(reading.x.shape, 1)];
    [this.#units, this.#width] = [at(reading.recurrentKernel.shape, 0), at(reading.recurrentKernel.shape, 1)];
  }

  read(): Value {
    const { x, kernel, recurrentKernel, bias, backwards } = this.#reading;
    const [inputBias, stateBias] = this.#biases();
    const inputs = this.#recorder.reshaped(x, [this.#rows * this.#steps, at(x.shape, 2)]);
    // All products with the inputs at once: they need no state.
    const sums = product(this.#recorder, `${this.#name} inputs`, { x: inputs, kernel, bias: inputBias, relu: false });
    const order = Array.from({ length: this.#steps }, (_, i) => (backwards ? this.#steps - 1 - i : i));
    const read: StepRead[] = [];
    for (const step of order) read.push(this.#step(step, read.at(-1) ?? null, sums.buffer, stateBias));
    const learns = [sums, recurrentKernel, bias].some((value) => value.learns);
    const y = this.#output(read, learns);
    this.#recorder.onBackward(y, (dy) => this.#recordBackward(read, dy, sums, stateBias));
    return y;
  }

  /** The share of the bias that is added to the sums of the inputs, and that of the products with the state. */
  #biases(): readonly [Value, Value | null] {
    const { cell, bias } = this.#reading;
    if (cell.kind !== 'gru') return [bias, null];
    const part = (index: number): Value => {
      const value = this.#recorder.value(`${bias.buffer.name} ${index}`, [this.#width], [bias]);
      const attributes = { rows: 1, columns: 2 * this.#width, first: index * this.#width, width: this.#width };
      takeColumns(this.#recorder, bias.buffer, value.buffer, attributes);
      return value;
    };
    const [input, state] = [part(0), part(1)];
    this.#recorder.onBackward(input, (dinput) => {
      const dbias = this.#recorder.buffer(`${bias.buffer.name} gradient`, bias.shape);
      this.#join([dinput, this.#recorder.gradientOf(state)], dbias, 1, this.#width);
      this.#recorder.give(bias, dbias);
    });
    return [input, state];
  }

  #step(step: number, before: StepRead | null, sums: Buffer, bias: Value | null): StepRead {
    const { cell, recurrentKernel } = this.#reading;
    const [rows, units] = [this.#rows, this.#units];
    const buffer = (what: string, width: number) =>
      this.#recorder.buffer(`${this.#name} ${what} ${step}`, [rows, width]);
    const products = before && buffer('products', this.#width);
    if (before !== null && products !== null) {
      const inputs = { x: before.state, kernel: recurrentKernel.buffer, bias: bias?.buffer ?? null };
      const attributes = { rows, inputs: units, units: this.#width, relu: false };
      this.#recorder.emit({ name: 'dense', inputs, outputs: { y: products }, attributes });
    }
    const made = {
      state: buffer('state', units),
      memory: cell.kind === 'lstm' ? buffer('memory', units) : null,
      gates: cell.kind === 'simple' ? null : buffer('gates', KEPT[cell.kind] * units),
    };
    this.#recorder.emit({
      name: 'recurrentStep',
      inputs: {
        ...{ sums, products, bias: bias?.buffer ?? null },
        ...{ state: before?.state ?? null, memory: before?.memory ?? null },
      },
      outputs: made,
      attributes: { cell, rows, units, steps: this.#steps, step },
    });
    return { step, before, ...made };
  }

  #output(read: readonly StepRead[], learns: boolean): Value {
    const shape = [this.#rows, this.#units];
    if (!this.#reading.returnSequences) return { buffer: at(read, read.length - 1).state, shape, learns };
    const y = this.#recorder.buffer(this.#name, [this.#rows, this.#steps, this.#units]);
    this.#join(
      inTime(read, ({ state }) => state),
      y,
      this.#rows,
      this.#units,
    );
    return { buffer: y, shape: y.shape, learns };
  }

  /** Puts matrices [rows, width] side by side. */
  #join(parts: readonly Buffer[], z: Buffer, rows: number, width: number): void {
    const attributes = { rows, widths: parts.map(() => width) };
    this.#recorder.emit({ name: 'concatenate', inputs: { parts }, outputs: { z }, attributes });
  }

  #recordBackward(read: readonly StepRead[], dy: Buffer, sums: Value, bias: Value | null): void {
    const { recurrentKernel } = this.#reading;
    const gradients = new Map<StepRead, Buffer>();
    let [dstates, dmemory]: readonly [readonly Buffer[], Buffer | null] = [[], null];
    for (const step of read.toReversed()) {
      const dstate = this.#sum([...this.#given(step, read, dy), ...dstates], step);
      const made = this.#stepGradient(step, dstate, dmemory);
      gradients.set(step, made.dsums);
      const dproducts = made.dproducts ?? made.dsums;
      giveColumnSums(this.#recorder, `${this.#name} state`, bias, dproducts, this.#rows);
      dstates = step.before === null ? [] : this.#throughProducts(step.before, dproducts, made.dstate);
      dmemory = made.dmemory;
    }
    if (this.#steps === 1) this.#giveNothing(recurrentKernel);
    const dsums = this.#recorder.buffer(`${this.#name} sums gradient`, sums.shape);
    this.#join(
      inTime(read, (step) => gradients.get(step) ?? dy),
      dsums,
      this.#rows,
      this.#width,
    );
    this.#recorder.give(sums, dsums);
  }

  /** What comes to the state of a step from outside. */
  #given({ step }: StepRead, read: readonly StepRead[], dy: Buffer): readonly Buffer[] {
    if (!this.#reading.returnSequences) return read.at(-1)?.step === step ? [dy] : [];
    const part = this.#recorder.buffer(`${this.#name} gradient ${step}`, [this.#rows, this.#units]);
    const columns = this.#steps * this.#units;
    const attributes = { rows: this.#rows, columns, first: step * this.#units, width: this.#units };
    takeColumns(this.#recorder, dy, part, attributes);
    return [part];
  }

  #sum(parts: readonly Buffer[], { step }: StepRead): Buffer {
    return parts.reduce((x, y) => {
      const z = this.#recorder.buffer(`${this.#name} state gradient ${step}`, [this.#rows, this.#units]);
      const attributes = { count: this.#rows * this.#units };
      this.#recorder.emit({ name: 'add', inputs: { x, y }, outputs: { z }, attributes });
      return z;
    });
  }

  #stepGradient(
    { step, state, gates, before }: StepRead,
    dstate: Buffer,
    dmemory: Buffer | null,
  ): OperationOf<'recurrentStepGradient'>['outputs'] {
    const { cell } = this.#reading;
    const buffer = (what: string, width: number) =>
      this.#recorder.buffer(`${this.#name} ${what} gradient ${step}`, [this.#rows, width]);
    const outputs = {
      dsums: buffer('sums', this.#width),
      dproducts: cell.kind === 'gru' ? buffer('products', this.#width) : null,
      dstate: cell.kind === 'gru' && before !== null ? buffer('kept state', this.#units) : null,
      dmemory: cell.kind === 'lstm' && before !== null ? buffer('memory', this.#units) : null,
    };
    const known = { gates: gates ?? state, state: before?.state ?? null, memory: before?.memory ?? null };
    const attributes = { cell, rows: this.#rows, units: this.#units };
    this.#recorder.emit({ name: 'recurrentStepGradient', inputs: { dstate, dmemory, ...known }, outputs, attributes });
    return outputs;
  }

  /** The gradients by the state before, to be added up in this order; and that by the recurrent kernel. */
  #throughProducts({ state, step }: StepRead, dproducts: Buffer, direct: Buffer | null): readonly Buffer[] {
    const { recurrentKernel } = this.#reading;
    const attributes = { rows: this.#rows, inputs: this.#units, units: this.#width };
    const dx = this.#recorder.buffer(`${this.#name} state gradient through products ${step}`, [
      this.#rows,
      this.#units,
    ]);
    const back = { dy: dproducts, kernel: recurrentKernel.buffer };
    this.#recorder.emit({ name: 'denseInputGradient', inputs: back, outputs: { dx }, attributes });
    if (recurrentKernel.learns) {
      const dkernel = this.#recorder.buffer(`${this.#name} recurrent kernel gradient ${step}`, recurrentKernel.shape);
      const inputs = { x: state, dy: dproducts };
      this.#recorder.emit({ name: 'denseKernelGradient', inputs, outputs: { dkernel }, attributes });
      this.#recorder.give(recurrentKernel, dkernel);
    }
    return direct === null ? [dx] : [direct, dx];
  }

  /** A gradient of 0: sequences of one step have no state before. */
  #giveNothing(weight: Value): void {
    if (!weight.learns) return;
    const z = this.#recorder.buffer(`${weight.buffer.name} gradient`, weight.shape);
    const attributes = { count: sizeOf(weight.shape), a: 0, b: 0 };
    const inputs = { x: weight.buffer, y: weight.buffer };
    this.#recorder.emit({ name: 'blend', inputs, outputs: { z }, attributes });
    this.#recorder.give(weight, z);
  }
}

/** Something of each step, in the order of the sequence. */
function inTime<Part>(read: readonly StepRead[], part: (step: StepRead) => Part): readonly Part[] {
  return read.toSorted((a, b) => a.step - b.step).map(part);
}
