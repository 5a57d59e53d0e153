import { at } from '../../../core/at.ts';
import type { ModuleWriter, Scope, Subroutine } from '../assembler.ts';
import { type Code, f32x4, i32, type Local, loop, type Operand, sequence, v128 } from '../code.ts';
import { PANEL_ROW } from './pack.ts';
import { multiplyAdd } from './product.ts';
import {
  INPUT_LINE,
  KERNEL_GRADIENT_LINE,
  KERNEL_LINE,
  type Line,
  OUTPUT_GRADIENT_LINE,
  OUTPUT_LINE,
  type Term,
} from './winograd-lines.ts';
import { floorOf } from './winograd-pixels.ts';

const PARAMETERS = [
  ...(['source', 'sourceStride', 'target', 'targetStride', 'panelStride', 'bytes', 'bias', 'relu'] as const),
] as const;

type Parameter = (typeof PARAMETERS)[number];

/**
 * Transforms a square of places, each of which holds `bytes` of channels: along its rows, then along its columns, where rows
 * become columns. Places are `sourceStride` and `targetStride` apart, from `source` and `target` on; where a side is a table, its address
 * is that of a list of the places' addresses. Where the target is in panels, those of each place are `panelStride` apart. Where it ends in outputs, `bias` is added, and negative results become 0 where
 * `relu` is 1.
 */
type Plane = Subroutine<Parameter>;

/** Reads the inputs that a table names. */
export const INPUT_PLANE: Plane = plane('winogradInputPlane', INPUT_LINE, { source: 'table' });

/** Reads filters that lie one after another. */
export const KERNEL_PLANE: Plane = plane('winogradKernelPlane', KERNEL_LINE, {});

/** Writes the outputs that a table names. */
export const OUTPUT_PLANE: Plane = plane('winogradOutputPlane', OUTPUT_LINE, { target: 'table', ends: true });

/** Reads the gradient of the outputs that a table names, and writes panels of eight channels. */
export const OUTPUT_GRADIENT_PLANE: Plane = plane('winogradOutputGradientPlane', OUTPUT_GRADIENT_LINE, {
  source: 'table',
  target: 'panels',
});

/** Writes gradients of filters one after another. */
export const KERNEL_GRADIENT_PLANE: Plane = plane('winogradKernelGradientPlane', KERNEL_GRADIENT_LINE, {});

interface PlaneOptions {
  readonly source?: 'table';
  readonly target?: 'table' | 'panels';
  /** Whether the bias is added. */
  readonly ends?: boolean;
}

function plane(name: string, line: Line, { source, target, ends = false }: PlaneOptions): Plane {
  return {
    name,
    parameters: PARAMETERS,
    write: ({ parameters, scope, module }) => {
      const vectors = (count: number) => Array.from({ length: count }, () => scope.local('v128'));
      const writer = new LineWriter(line, scope, module);
      const [channel, floor] = [scope.local('i32'), scope.local('v128')];
      const reading = new Places(scope, parameters.source, parameters.sourceStride, source === 'table');
      const writing = new Places(scope, parameters.target, parameters.targetStride, target === 'table');
      const inPanels = i32.add(i32.mul(i32.shrU(channel, 5), parameters.panelStride), i32.and(channel, PANEL_ROW - 1));
      const [from, to] = [vectors(line.inputs), vectors(line.outputs)];
      const between = from.map(() => vectors(line.outputs));
      const offset = v128.load(i32.add(parameters.bias, channel));
      const finish = (sum: Local) => (ends ? f32x4.pmax(f32x4.add(sum, offset), floor) : sum.get);
      const rows = between.map((row) =>
        sequence(...from.map((value) => reading.into(value, channel)), writer.write(from, row)),
      );
      const columns = to.map((_, column) =>
        sequence(
          writer.write(
            between.map((row) => at(row, column)),
            to,
          ),
          ...to.map((value) => writing.store(channel, finish(value))),
        ),
      );
      const body = sequence(
        reading.begin(channel),
        writing.begin(target === 'panels' ? inPanels : channel),
        ...rows,
        ...columns,
      );
      return sequence(writer.begin, floor.set(floorOf(parameters.relu)), loop(channel, parameters.bytes, 16, body));
    },
  };
}

/** The places on one side of a plane, taken one after another. */
class Places {
  readonly #start: Local;
  readonly #stride: Local;
  readonly #named: boolean;
  readonly #next: Local;
  #taken = 0;

  /** `named`: whether `start` is the address of a table of addresses. */
  constructor(scope: Scope, start: Local, stride: Local, named: boolean) {
    this.#start = start;
    this.#stride = stride;
    this.#named = named;
    this.#next = scope.local('i32');
  }

  /** `offset`: of the channel in the first place. */
  begin(offset: Operand): Code {
    return this.#named ? [] : this.#next.set(i32.add(this.#start, offset));
  }

  /** Reads the next place's channels. */
  into(value: Local, channel: Local): Code {
    return sequence(value.set(v128.load(this.#address(channel))), this.#advance());
  }

  /** Writes the next place's channels. */
  store(channel: Local, value: Code): Code {
    return sequence(v128.store(this.#address(channel), value), this.#advance());
  }

  #address(channel: Local): Code {
    return this.#named ? i32.add(i32.load(this.#start, 4 * this.#taken++), channel) : this.#next.get;
  }

  #advance(): Code {
    return this.#named ? [] : this.#next.increase(this.#stride);
  }
}

/** Writes a line's statements down, for vectors. */
class LineWriter {
  readonly #line: Line;
  readonly #scope: Scope;
  readonly #madd: ReturnType<typeof multiplyAdd>;
  readonly #constants = new Map<number, Local>();
  readonly #between = new Map<string, Local>();

  constructor(line: Line, scope: Scope, module: ModuleWriter) {
    this.#line = line;
    this.#scope = scope;
    this.#madd = multiplyAdd(module);
    for (const [, ...terms] of line.statements) for (const [factor] of terms) this.#constant(factor);
  }

  /** Sets the factors, which belong before the loop. */
  get begin(): Code {
    return sequence(...Array.from(this.#constants, ([factor, local]) => local.set(v128.splat(factor))));
  }

  write(from: readonly Local[], to: readonly Local[]): Code {
    const named = new Map<string, Local>();
    for (const [i, value] of from.entries()) named.set(`d${i}`, value);
    for (const [i, value] of to.entries()) named.set(`r${i}`, value);
    const local = (name: string) => named.get(name) ?? this.#temporary(name);
    return sequence(...this.#line.statements.map(([name, ...terms]) => local(name).set(this.#sum(terms, local))));
  }

  #sum(terms: readonly Term[], local: (name: string) => Local): Code {
    return terms.reduce<Code>((sum, [factor, name]) => {
      const value = local(name);
      if (sum.length === 0) return factor === 1 ? value.get : f32x4.mul(value, this.#constant(factor));
      if (factor === 1) return f32x4.add(sum, value);
      return factor === -1 ? f32x4.sub(sum, value) : this.#madd(value, this.#constant(factor), sum);
    }, []);
  }

  #temporary(name: string): Local {
    const known = this.#between.get(name) ?? this.#scope.local('v128');
    this.#between.set(name, known);
    return known;
  }

  #constant(factor: number): Local {
    const known = this.#constants.get(factor) ?? this.#scope.local('v128');
    this.#constants.set(factor, known);
    return known;
  }
}
