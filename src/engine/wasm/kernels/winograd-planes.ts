import type { ModuleWriter, Scope, Subroutine } from '../assembler.ts';
import { type Code, f32x4, i32, type Local, loop, type Operand, sequence, v128 } from '../code.ts';
import { PANEL_ROW } from './pack.ts';
import { multiplyAdd } from './product.ts';
import {
  type Extent,
  KERNEL_GRADIENT_LINE,
  KERNEL_LINE,
  type Line,
  REACH,
  type Term,
  TILE,
  TILE_LINES,
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

/** The places on one side of a plane: how many are in a row, and how they lie if not `stride` apart. */
interface Side {
  readonly width: number;
  readonly lie?: 'by table' | 'in panels';
}

/** Lines along the rows of the source, and then across them; and the two sides. */
interface Layout {
  readonly along: Line;
  readonly across: Line;
  readonly source: Side;
  readonly target: Side;
  /** Whether the bias is added. */
  readonly ends?: boolean;
}

/** Makes planes for tiles of some height and width. */
type PlanesFor = (height: Extent, width: Extent) => Plane;

/** Reads the inputs that a table names. */
export const inputPlane: PlanesFor = (height, width) =>
  plane(`winogradInputs${height}${width}`, {
    along: TILE_LINES[width].input,
    across: TILE_LINES[height].input,
    source: { width: REACH, lie: 'by table' },
    target: { width: REACH },
  });

/** Writes the outputs that a table names. */
export const outputPlane: PlanesFor = (height, width) =>
  plane(`winogradOutputs${height}${width}`, {
    along: TILE_LINES[height].output,
    across: TILE_LINES[width].output,
    source: { width: REACH },
    target: { width: TILE, lie: 'by table' },
    ends: true,
  });

/** Reads the gradient of the outputs that a table names, and writes panels of eight channels. */
export const outputGradientPlane: PlanesFor = (height, width) =>
  plane(`winogradOutputGradients${height}${width}`, {
    along: TILE_LINES[width].outputGradient,
    across: TILE_LINES[height].outputGradient,
    source: { width: TILE, lie: 'by table' },
    target: { width: REACH, lie: 'in panels' },
  });

/** Reads filters that lie one after another. */
export const KERNEL_PLANE: Plane = plane('winogradKernelPlane', {
  ...{ along: KERNEL_LINE, across: KERNEL_LINE, source: { width: 3 }, target: { width: REACH } },
});

/** Writes gradients of filters one after another. */
export const KERNEL_GRADIENT_PLANE: Plane = plane('winogradKernelGradientPlane', {
  ...{ along: KERNEL_GRADIENT_LINE, across: KERNEL_GRADIENT_LINE, source: { width: REACH }, target: { width: 3 } },
});

function plane(name: string, { along, across, source, target, ends = false }: Layout): Plane {
  return {
    name,
    parameters: PARAMETERS,
    write: ({ parameters, scope, module }) => {
      const first = new LineWriter(along, scope, module);
      const second = along === across ? first : new LineWriter(across, scope, module);
      const [channel, floor] = [scope.local('i32'), scope.local('v128')];
      const reading = new Places(scope, parameters.source, parameters.sourceStride, source);
      const writing = new Places(scope, parameters.target, parameters.targetStride, target);
      const inPanels = i32.add(i32.mul(i32.shrU(channel, 5), parameters.panelStride), i32.and(channel, PANEL_ROW - 1));
      const [from, to] = [valuesOf(scope, along.inputs), valuesOf(scope, across.outputs)];
      const between = valuesOf(scope, across.inputs, () => valuesOf(scope, along.outputs));
      const offset = v128.load(i32.add(parameters.bias, channel));
      const finish = (sum: Local) => (ends ? f32x4.pmax(f32x4.add(sum, offset), floor) : sum.get);
      const rows = Array.from(between, ([row, values]) =>
        sequence(
          ...Array.from(from, ([place, value]) => reading.into(value, row, place, channel)),
          first.write(from, values),
        ),
      );
      const columns = along.outputs.map((column) => {
        const values = new Map(Array.from(between, ([row, all]) => [row, found(all, column)]));
        const stores = Array.from(to, ([place, value]) => writing.store(column, place, channel, finish(value)));
        return sequence(second.write(values, to), ...stores);
      });
      const begin = sequence(reading.begin(channel), writing.begin(target.lie === 'in panels' ? inPanels : channel));
      const body = sequence(begin, ...rows, ...columns);
      return sequence(
        ...[first.begin, second.begin, floor.set(floorOf(parameters.relu))],
        loop(channel, parameters.bytes, 16, body),
      );
    },
  };
}

/** Something for each of some numbers; vectors if left out. */
function valuesOf(scope: Scope, numbers: readonly number[]): ReadonlyMap<number, Local>;
function valuesOf<Value>(scope: Scope, numbers: readonly number[], make: () => Value): ReadonlyMap<number, Value>;
function valuesOf(scope: Scope, numbers: readonly number[], make = () => scope.local('v128')) {
  return new Map(numbers.map((number) => [number, make()]));
}

function found<Value>(values: ReadonlyMap<number, Value>, number: number): Value {
  const value = values.get(number);
  if (value === undefined) throw new RangeError(`A line has no value ${number}.`);
  return value;
}

/** The places on one side of a plane, taken in their order. */
class Places {
  readonly #start: Local;
  readonly #stride: Local;
  readonly #side: Side;
  readonly #next: Local;
  #reached = 0;

  constructor(scope: Scope, start: Local, stride: Local, side: Side) {
    this.#start = start;
    this.#stride = stride;
    this.#side = side;
    this.#next = scope.local('i32');
  }

  get #named(): boolean {
    return this.#side.lie === 'by table';
  }

  /** `offset`: of the channel in the first place. */
  begin(offset: Operand): Code {
    return this.#named ? [] : this.#next.set(i32.add(this.#start, offset));
  }

  /** Reads a place's channels. */
  into(value: Local, row: number, column: number, channel: Local): Code {
    const place = row * this.#side.width + column;
    return sequence(this.#reach(place), value.set(v128.load(this.#address(place, channel))));
  }

  /** Writes a place's channels. */
  store(row: number, column: number, channel: Local, value: Code): Code {
    const place = row * this.#side.width + column;
    return sequence(this.#reach(place), v128.store(this.#address(place, channel), value));
  }

  #address(place: number, channel: Local): Code {
    return this.#named ? i32.add(i32.load(this.#start, 4 * place), channel) : this.#next.get;
  }

  #reach(place: number): Code {
    const distance = place - this.#reached;
    if (this.#named || distance === 0) return [];
    this.#reached = place;
    return this.#next.increase(distance === 1 ? this.#stride : i32.mul(this.#stride, distance));
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

  write(from: ReadonlyMap<number, Local>, to: ReadonlyMap<number, Local>): Code {
    const named = new Map<string, Local>();
    for (const [i, value] of from) named.set(`d${i}`, value);
    for (const [i, value] of to) named.set(`r${i}`, value);
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
