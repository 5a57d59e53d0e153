import { streamKey, uniformAt } from '../../../../src/core/random.ts';
import type { OperationName, OperationOf } from '../../../../src/engine/step/operation.ts';
import { list, type Reference, sum, take } from './plain.ts';

/** A row about its mean, in multiples of its deviation. */
function standardOf(row: readonly number[], epsilon: number): readonly number[] {
  const mean = sum(row.length, (c) => take(row, c)) / row.length;
  const variance = sum(row.length, (c) => (take(row, c) - mean) ** 2) / row.length;
  return row.map((value) => (value - mean) / Math.sqrt(variance + epsilon));
}

function rowOf(values: ArrayLike<number>, row: number, columns: number): readonly number[] {
  return Array.from({ length: columns }, (_, c) => take(values, row * columns + c));
}

/** Where number `s` of a place is in rows of heads, and the weight of one place for another. */
function placesIn({ places, heads, size }: OperationOf<'headProducts'>['attributes']) {
  return {
    number: (n: number, place: number, h: number, s: number) => ((n * places + place) * heads + h) * size + s,
    weight: (n: number, h: number, i: number, j: number) => ((n * heads + h) * places + i) * places + j,
  };
}

export const ATTENTION_REFERENCES: { readonly [Name in OperationName]?: Reference<Name> } = {
  swapAxes: ({ inputs: { x }, outputs: { y }, attributes: { outer, rows, columns, inner } }, of) => {
    const values = new Float64Array(outer * rows * columns * inner);
    for (let o = 0; o < outer; o++) {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const [from, to] = [(o * rows + row) * columns + column, (o * columns + column) * rows + row];
          for (let i = 0; i < inner; i++) values[to * inner + i] = take(of(x), from * inner + i);
        }
      }
    }
    return [[y, values]];
  },
  addToRows: ({ inputs, outputs, attributes: { rows, columns } }, of) => [
    [outputs.y, list(rows * columns, (i) => take(of(inputs.x), i) + take(of(inputs.values), i % columns))],
  ],
  headProducts: ({ inputs: { a, b }, outputs, attributes }, of) => {
    const { batch, places, heads, size, scale } = attributes;
    const { number, weight } = placesIn(attributes);
    const weights = new Float64Array(batch * heads * places * places);
    for (let n = 0; n < batch; n++) {
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < places; i++) {
          for (let j = 0; j < places; j++) {
            const part = (s: number) => take(of(a), number(n, i, h, s)) * take(of(b), number(n, j, h, s));
            weights[weight(n, h, i, j)] = scale * sum(size, part);
          }
        }
      }
    }
    return [[outputs.weights, weights]];
  },
  headMixtures: ({ inputs: { weights, x }, outputs, attributes }, of) => {
    const { batch, places, heads, size, scale, transposed } = attributes;
    const { number, weight } = placesIn(attributes);
    const y = new Float64Array(batch * places * heads * size);
    for (let n = 0; n < batch; n++) {
      for (let h = 0; h < heads; h++) {
        for (let i = 0; i < places; i++) {
          for (let s = 0; s < size; s++) {
            const share = (j: number) =>
              take(of(weights), transposed ? weight(n, h, j, i) : weight(n, h, i, j)) * take(of(x), number(n, j, h, s));
            y[number(n, i, h, s)] = scale * sum(places, share);
          }
        }
      }
    }
    return [[outputs.y, y]];
  },
  normalizeRows: ({ inputs, outputs, attributes: { rows, channels, epsilon } }, of) => {
    const y = Array.from({ length: rows }, (_, row) => standardOf(rowOf(of(inputs.x), row, channels), epsilon)).flat();
    const gamma = (c: number) => (inputs.gamma === null ? 1 : take(of(inputs.gamma), c));
    const beta = (c: number) => (inputs.beta === null ? 0 : take(of(inputs.beta), c));
    return [[outputs.y, y.map((value, i) => value * gamma(i % channels) + beta(i % channels))]];
  },
  normalizeRowsGradient: ({ inputs, outputs, attributes: { rows, channels, epsilon } }, of) => {
    const gamma = (c: number) => (inputs.gamma === null ? 1 : take(of(inputs.gamma), c));
    const h = 1e-5;
    const parts = Array.from({ length: rows }, (_, row) => {
      const [x, dy] = [rowOf(of(inputs.x), row, channels), rowOf(of(inputs.dy), row, channels)];
      const weighed = (values: readonly number[]) => {
        const standard = standardOf(values, epsilon);
        return sum(channels, (c) => take(dy, c) * gamma(c) * take(standard, c));
      };
      const moved = (c: number, by: number) => weighed(x.map((value, j) => (j === c ? value + by : value)));
      const dx = x.map((_value, c) => (moved(c, h) - moved(c, -h)) / (2 * h));
      return { dx, scaled: standardOf(x, epsilon).map((value, c) => value * take(dy, c)) };
    });
    return [
      [outputs.dx, parts.flatMap(({ dx }) => dx)],
      [outputs.scaled, parts.flatMap(({ scaled }) => scaled)],
    ];
  },
  dropChannels: ({ inputs, outputs, attributes: { images, rate, position } }, of, { seed, step, dropout }) => {
    const { batch, height, width, channels } = images;
    const [key, used] = [streamKey(seed, 'dropout', position, step), dropout ?? rate];
    const size = height * width * channels;
    const kept = (i: number) => uniformAt(key, Math.floor(i / size) * channels + (i % channels)) >= used;
    return [[outputs.y, list(batch * size, (i) => (kept(i) ? take(of(inputs.x), i) / (1 - used) : 0))]];
  },
};
