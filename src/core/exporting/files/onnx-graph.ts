import type { Shape } from '../../network/shape.ts';
import type { Field, Message } from './protobuf.ts';
import { putFloats } from './safetensors.ts';
import type { Tensor } from './tensor.ts';

/** A constant of whole numbers, such as a shape. */
interface Whole {
  readonly shape: Shape;
  readonly whole: readonly number[];
}

/** What an operator is told beside its inputs. */
export type Attributes = Readonly<Record<string, AttributeValue | readonly AttributeValue[]>>;

/** Whole numbers as such, fractions as `{ float }`. */
type AttributeValue = number | string | { readonly float: number };

const TYPE = { float: 1, int64: 7 } as const;
/** How attributes name their own type: of fractions, whole numbers, text, and lists of them. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

/** The nodes and constants of an ONNX graph, in the order in which they are added. */
export class OnnxGraph {
  readonly #nodes: Message[] = [];
  readonly #constants: Message[] = [];
  #count = 0;

  /** Adds an operator; gives the names of its outputs, made up where `outputs` is their number. */
  add(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    outputs: number | readonly string[] = 1,
  ): readonly string[] {
    const own = typeof outputs === 'number' ? Array.from({ length: outputs }, () => this.#name('value')) : outputs;
    this.#nodes.push([
      ...inputs.map((name): Field => [1, name]),
      ...own.map((name): Field => [2, name]),
      [3, `${operator}_${this.#nodes.length}`],
      [4, operator],
      ...Object.entries(attributes).map(([name, value]): Field => [5, attributeOf(name, value)]),
    ]);
    return own;
  }

  /** Adds an operator of one output, and gives the name of that. */
  one(operator: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.add(operator, inputs, attributes)[0] ?? '';
  }

  /** Adds a constant, and gives its name. */
  constant(value: Tensor | Whole): string {
    const name = this.#name('constant');
    const type = 'whole' in value ? TYPE.int64 : TYPE.float;
    this.#constants.push([
      ...value.shape.map((extent): Field => [1, extent]),
      [2, type],
      [8, name],
      [9, bytesOf(value)],
    ]);
    return name;
  }

  /** The graph as a message. */
  message(name: string, inputs: readonly Message[], outputs: readonly Message[]): Message {
    return [
      ...this.#nodes.map((node): Field => [1, node]),
      [2, name],
      ...this.#constants.map((constant): Field => [5, constant]),
      ...inputs.map((input): Field => [11, input]),
      ...outputs.map((output): Field => [12, output]),
    ];
  }

  #name(start: string): string {
    this.#count += 1;
    return `${start}_${this.#count}`;
  }
}

/** A value that goes in or out: floats of a shape, as many samples at once as one likes. */
export function valueInfo(name: string, shape: Shape): Message {
  const extents: Message = [[1, [[2, 'samples']]], ...shape.map((extent): Field => [1, [[1, extent]]])];
  return [
    [1, name],
    [
      2,
      [
        [
          1,
          [
            [1, TYPE.float],
            [2, extents],
          ],
        ],
      ],
    ],
  ];
}

function attributeOf(name: string, value: Attributes[string]): Message {
  const isList = typeof value === 'object' && !('float' in value);
  const fields = (isList ? value : [value]).map((each): readonly [Field, number] => {
    if (typeof each === 'number') return [[isList ? 8 : 3, each], isList ? ATTRIBUTE.ints : ATTRIBUTE.int];
    if (typeof each === 'string') return [[isList ? 9 : 4, each], isList ? ATTRIBUTE.strings : ATTRIBUTE.string];
    return [[isList ? 7 : 2, each], isList ? ATTRIBUTE.floats : ATTRIBUTE.float];
  });
  const type = fields[0]?.[1] ?? ATTRIBUTE.ints;
  return [[1, name], ...fields.map(([field]) => field), [20, type]];
}

function bytesOf(value: Tensor | Whole): Uint8Array {
  if ('whole' in value) {
    const view = new DataView(new ArrayBuffer(8 * value.whole.length));
    value.whole.forEach((number, i) => {
      view.setBigInt64(8 * i, BigInt(number), true);
    });
    return new Uint8Array(view.buffer);
  }
  const view = new DataView(new ArrayBuffer(value.values.byteLength));
  putFloats(view, 0, value.values);
  return new Uint8Array(view.buffer);
}
