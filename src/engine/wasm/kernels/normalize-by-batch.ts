import type { Machine } from '../machine.ts';
import {
  CHANNEL_AFFINE,
  CHANNEL_AFFINE_PAIR,
  CHANNEL_PRODUCTS,
  CHANNEL_SQUARES,
  CHANNEL_SUMS,
  rowsPerChunk,
  vectorsFor,
} from './channels.ts';

/** A matrix [rows, channels] whose channels are normalised. */
export interface Channels {
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
}

type Places<Name extends string> = Readonly<Record<Name, number>>;

/**
 * Normalises each channel by the batch's own mean and biased variance. Addresses; gamma and beta may be missing. In two passes,
 * because the difference of two large sums of squares would lose digits.
 */
export function forward(
  machine: Machine,
  shape: Channels,
  { x, y, mean, variance, gamma, beta }: Places<'x' | 'y' | 'mean' | 'variance'> & Trained,
): void {
  const { channels, epsilon } = shape;
  const { chunks, ...rows } = chunked(shape);
  const average = (target: number) => (sum: number, channel: number, floats: Float32Array) => {
    floats[target / 4 + channel] = Math.fround(sum) / shape.rows;
  };
  sumChunks(machine, { chunks, channels, lists: 1 }, average(mean), (partial, vectors) =>
    machine.run(CHANNEL_SUMS, chunks, { x, partial, vectors, ...rows }),
  );
  sumChunks(machine, { chunks, channels, lists: 1 }, average(variance), (partial, vectors) =>
    machine.run(CHANNEL_SQUARES, chunks, { x, mean, partial, vectors, ...rows }),
  );
  withLists(machine, channels, 2, ([factor = 0, offset = 0]) => {
    machine.compute((floats) => {
      for (let c = 0; c < channels; c++) {
        const inverse = inverseDeviation(floats[variance / 4 + c] ?? 0, epsilon);
        floats[factor / 4 + c] = inverse * (gamma === null ? 1 : (floats[gamma / 4 + c] ?? 0));
        floats[offset / 4 + c] = beta === null ? 0 : (floats[beta / 4 + c] ?? 0);
      }
    });
    machine.run(CHANNEL_AFFINE, chunks, { x, y, centre: mean, factor, offset, ...rows });
  });
}

interface Trained {
  readonly gamma: number | null;
  readonly beta: number | null;
}

/** Where gradients go; null for those that nothing needs. */
interface Gradients {
  readonly dx: number | null;
  readonly dgamma: number | null;
  readonly dbeta: number | null;
}

/** Ioffe and Szegedy, arXiv:1502.03167, section 3, combined into one expression. */
export function backward(
  machine: Machine,
  shape: Channels,
  at: Places<'x' | 'dy' | 'mean' | 'variance'> & Gradients & Pick<Trained, 'gamma'>,
): void {
  const { channels, epsilon } = shape;
  const { chunks, ...rows } = chunked(shape);
  const { x, dy, dx, mean, variance, gamma, dgamma, dbeta } = at;
  withLists(machine, channels, 5, ([sums = 0, products = 0, byGradient = 0, byValue = 0, offset = 0]) => {
    const keep = (sum: number, place: number, floats: Float32Array) => {
      floats[place < channels ? sums / 4 + place : products / 4 + place - channels] = sum;
    };
    sumChunks(machine, { chunks, channels, lists: 2 }, keep, (partial, vectors) =>
      machine.run(CHANNEL_PRODUCTS, chunks, { x, dy, mean, partial, vectors, ...rows }),
    );
    machine.compute((floats) => {
      const share = 1 / shape.rows;
      for (let c = 0; c < channels; c++) {
        const inverse = inverseDeviation(floats[variance / 4 + c] ?? 0, epsilon);
        const scale = Math.fround(inverse * (gamma === null ? 1 : (floats[gamma / 4 + c] ?? 0)));
        const [sum, product] = [floats[sums / 4 + c] ?? 0, Math.fround((floats[products / 4 + c] ?? 0) * inverse)];
        if (dbeta !== null) floats[dbeta / 4 + c] = sum;
        if (dgamma !== null) floats[dgamma / 4 + c] = product;
        floats[byGradient / 4 + c] = scale;
        floats[byValue / 4 + c] = -scale * share * product * inverse;
        floats[offset / 4 + c] = -scale * share * sum;
      }
    });
    if (dx === null) return;
    machine.run(CHANNEL_AFFINE_PAIR, chunks, { x, dy, dx, centre: mean, byGradient, byValue, offset, ...rows });
  });
}

function inverseDeviation(variance: number, epsilon: number): number {
  return Math.fround(1 / Math.sqrt(variance + epsilon));
}

interface Summing {
  readonly chunks: number;
  readonly channels: number;
  /** Sums of each channel. */
  readonly lists: number;
}

/**
 * Adds up what `fill` leaves for each chunk: `lists` times [channels], in double precision and always in one order, and hands
 * over each sum.
 */
function sumChunks(
  machine: Machine,
  { chunks, channels, lists }: Summing,
  take: (sum: number, place: number, floats: Float32Array) => void,
  fill: (partial: number, vectors: number) => void,
): void {
  const vectors = vectorsFor(channels);
  const width = vectors * 4;
  machine.withScratch(chunks * lists * width * 4, (partial) => {
    fill(partial, vectors);
    machine.compute((floats) => {
      for (let i = 0; i < lists * channels; i++) {
        const place = partial / 4 + Math.floor(i / channels) * width + (i % channels);
        let sum = 0;
        for (let chunk = 0; chunk < chunks; chunk++) sum += floats[place + chunk * lists * width] ?? 0;
        take(sum, i, floats);
      }
    });
  });
}

/** Calls `use` with the addresses of so many lists of a number for each channel. */
function withLists(machine: Machine, channels: number, count: number, use: (lists: readonly number[]) => void): void {
  const bytes = vectorsFor(channels) * 16;
  machine.withScratch(count * bytes, (start) => use(Array.from({ length: count }, (_, i) => start + i * bytes)));
}

function chunked({ rows, channels }: Channels) {
  const each = rowsPerChunk(channels);
  return { chunks: Math.ceil(rows / each), rows, rowsPerChunk: each, channels };
}
