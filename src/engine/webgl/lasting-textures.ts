import type { Buffer } from '../step/buffer.ts';
import type { Gpu } from './gpu.ts';
import { weightsFromTexels, weightsToTexels } from './kernels/conv-shape.ts';
import type { Texture } from './texture.ts';
import { pairExtent, rowsIn, type WeightPair } from './weight-pairs.ts';

/** Which of each two textures holds the weights before the step: 0 for even steps, 1 for odd ones. */
export type Side = 0 | 1;

interface Kept {
  readonly pair: WeightPair;
  /** A texture that a step reads and one that it writes for the next step: a texture cannot be read while it is drawn to. */
  readonly textures: readonly [Texture, Texture];
}

/** Weights and what the optimizer keeps beside them, on the device. Owns them until `dispose`. All are 0 at first. */
export class LastingTextures {
  readonly #gpu: Gpu;
  readonly #kept: readonly Kept[];
  readonly #byBuffer = new Map<Buffer, Kept>();

  constructor(gpu: Gpu, pairs: readonly WeightPair[]) {
    this.#gpu = gpu;
    this.#kept = pairs.map((pair) => {
      const extent = pairExtent(pair);
      const kept: Kept = { pair, textures: [gpu.texture(extent), gpu.texture(extent)] };
      for (const buffer of [pair.kernel, pair.bias]) if (buffer !== null) this.#byBuffer.set(buffer, kept);
      return kept;
    });
    this.clear();
  }

  /** The texture in which a buffer lies on one side. */
  of(buffer: Buffer, side: Side): Texture {
    return this.#keptOf(buffer).textures[side];
  }

  /** Sets everything to 0, and factors that there are no weights for to 1. */
  clear(): void {
    for (const { pair, textures } of this.#kept) {
      const { layout, kernel, fill } = pair;
      const rest = kernel === null ? new Float32Array(layout.taps * layout.inputs * layout.filters).fill(fill) : [];
      const texels = weightsToTexels(layout, rest, []);
      for (const texture of textures) this.#gpu.write(texture, texels);
    }
  }

  /** Sets a buffer, on both sides. */
  write(buffer: Buffer, values: Float32Array): void {
    const { pair, textures } = this.#keptOf(buffer);
    const { layout } = pair;
    const isKernel = pair.kernel === buffer;
    const texels = isKernel ? weightsToTexels(layout, values, []) : weightsToTexels(layout, [], values);
    const { row, rows } = rowsIn(pair, buffer);
    const width = 4 * layout.columns;
    for (const texture of textures) {
      this.#gpu.write(texture, texels.subarray(row * width, (row + rows) * width), { row, rows });
    }
  }

  /** Reads a buffer. Waits for the device. */
  read(buffer: Buffer, side: Side): Float32Array<ArrayBuffer> {
    const { pair, textures } = this.#keptOf(buffer);
    const { kernel, bias } = weightsFromTexels({ ...pair.layout, bias: true }, this.#gpu.read(textures[side]));
    return pair.kernel === buffer ? kernel : bias;
  }

  dispose(): void {
    for (const { textures } of this.#kept) for (const texture of textures) this.#gpu.free(texture);
  }

  /** An Error where the buffer is none of these. */
  #keptOf(buffer: Buffer): Kept {
    const kept = this.#byBuffer.get(buffer);
    if (kept === undefined) throw new Error(`${buffer.name} has no place in memory.`);
    return kept;
  }
}
