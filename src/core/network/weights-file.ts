import { fromFloat16, toFloat16 } from './float16.ts';
import type { Graph } from './graph.ts';
import { sizeOf } from './shape.ts';

/**
 * The weights of a network as a file: one after another in the order in which Keras lists them, each row by row, as
 * halves (IEEE 754 binary16) with the lower byte first. What they belong to stands in a manifest beside it.
 */

/** Bytes of a network's weights as a file. */
function weightsFileBytes(graph: Graph): number {
  return 2 * weightSizes(graph).reduce((sum, size) => sum + size, 0);
}

/**
 * The file of a network's weights. Throws a RangeError where they are not those of the graph.
 *
 * @internal Exported for `npm run pretrain`.
 */
export function packWeights(graph: Graph, weights: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  checkSizes(graph, weights);
  const view = new DataView(new ArrayBuffer(weightsFileBytes(graph)));
  let at = 0;
  for (const values of weights) {
    for (const half of toFloat16(values)) {
      view.setUint16(at, half, true);
      at += 2;
    }
  }
  return new Uint8Array(view.buffer);
}

/** The weights in a file, in the order of the graph. Throws a RangeError where the file is not of this graph's size. */
export function unpackWeights(graph: Graph, file: Uint8Array): readonly Float32Array<ArrayBuffer>[] {
  if (file.length !== weightsFileBytes(graph))
    throw new RangeError(`The weights take ${weightsFileBytes(graph)} bytes, and the file has ${file.length}.`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let at = 0;
  return weightSizes(graph).map((size) => {
    const halves = new Uint16Array(size);
    for (let i = 0; i < size; i++, at += 2) halves[i] = view.getUint16(at, true);
    return fromFloat16(halves);
  });
}

/** Throws a RangeError unless there is one list for each weight of the graph, of its size. */
export function checkSizes(graph: Graph, weights: readonly Float32Array[]): void {
  const [wanted, given] = [weightSizes(graph), weights.map(({ length }) => length)];
  if (wanted.join() !== given.join())
    throw new RangeError(`The network has weights of ${wanted.join(', ')} numbers, not of ${given.join(', ')}.`);
}

function weightSizes({ nodes }: Graph): readonly number[] {
  return nodes.flatMap(({ weights }) => weights.map(({ shape }) => sizeOf(shape)));
}
