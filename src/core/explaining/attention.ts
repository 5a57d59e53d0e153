import { at } from '../at.ts';
import type { Graph } from '../network/graph.ts';
import type { GraphNode } from '../network/graph-node.ts';
import type { MultiHeadAttentionSpec } from '../network/layers/multi-head-attention.ts';
import { patchGrid } from '../network/layers/patches.ts';
import { traitsOf } from '../network/layers/registry.ts';
import type { Shape } from '../network/shape.ts';

/** Where the patches of an image look in one layer. */
export interface AttentionMap {
  /** The id and the name of the layer. */
  readonly id: string;
  readonly name: string;
  readonly heads: number;
  /** How many patches lie below and beside one another. */
  readonly rows: number;
  readonly columns: number;
  /** How much of each patch each patch takes in: [heads, patches, patches], each row with a sum of 1. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** An attention layer over patches of the image, and what its weights are computed from. */
export interface AttentionLayer {
  readonly node: GraphNode;
  readonly spec: MultiHeadAttentionSpec;
  /** The position of the layer whose output it takes. */
  readonly source: number;
  /** The place of its first weight among all weights of the graph. */
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
}

/** The attention layers whose places are the patches of an image. */
export function attentionLayers({ nodes }: Graph): readonly AttentionLayer[] {
  let start = 0;
  const found: AttentionLayer[] = [];
  for (const [position, node] of nodes.entries()) {
    const { spec } = node;
    const grid = gridOf(nodes, position);
    if (traitsOf(spec).attends && 'heads' in spec && grid !== null) {
      found.push({ node, spec, source: at(node.inputs, 0), start, rows: grid[0], columns: grid[1] });
    }
    start += node.weights.length;
  }
  return found;
}

/** How many patches lie below and beside one another, where a layer gives numbers for each patch of the image; else null. */
function gridOf(nodes: readonly GraphNode[], position: number): readonly [number, number] | null {
  const [places, features] = nodes[position]?.output ?? [];
  const cut = nodes.slice(0, position + 1).findLast(({ spec }) => traitsOf(spec).cutsPatches);
  if (features === undefined || nodes[position]?.output.length !== 2 || cut === undefined || !('patchSize' in cut.spec))
    return null;
  const [rows, columns] = patchGrid(cut.spec, cut.input);
  return rows * columns === places ? [rows, columns] : null;
}

/** The shape of what a layer gives, with the patches of an image in their places: `[rows, columns, features]`. */
export function shapeInPlaces({ nodes }: Graph, position: number): Shape {
  const output = nodes[position]?.output ?? [];
  const grid = gridOf(nodes, position);
  return grid === null ? output : [...grid, ...output.slice(1)];
}

/**
 * `softmax(q k^T / sqrt(keySize))` of one image. `x`: what the layer takes, [places, features]; `weights`: those of the
 * whole graph.
 */
export function attentionMap(
  { node, spec, start, rows, columns }: AttentionLayer,
  x: Float32Array,
  weights: readonly Float32Array[],
): AttentionMap {
  const { heads, keySize } = spec;
  const [places = 0, features = 0] = node.input;
  const width = heads * keySize;
  const rowsOf = (kernel: number) =>
    dense(x, { places, features, width }, at(weights, start + kernel), at(weights, start + kernel + 1));
  const [queries, keys] = [rowsOf(0), rowsOf(2)];
  const shares = new Float32Array(heads * places * places);
  for (let head = 0; head < heads; head++) {
    for (let from = 0; from < places; from++) {
      const row = shares.subarray((head * places + from) * places, (head * places + from + 1) * places);
      const query = queries.subarray(from * width + head * keySize, from * width + (head + 1) * keySize);
      for (let to = 0; to < places; to++) {
        const key = keys.subarray(to * width + head * keySize, to * width + (head + 1) * keySize);
        row[to] = dot(query, key) / Math.sqrt(keySize);
      }
      softmax(row);
    }
  }
  return { id: spec.id, name: node.name, heads, rows, columns, weights: shares };
}

interface DenseShape {
  readonly places: number;
  readonly features: number;
  readonly width: number;
}

function dense(x: Float32Array, shape: DenseShape, kernel: Float32Array, bias: Float32Array): Float32Array {
  const { places, features, width } = shape;
  const sums = new Float32Array(places * width);
  for (let place = 0; place < places; place++) {
    const row = sums.subarray(place * width, (place + 1) * width);
    row.set(bias);
    for (let feature = 0; feature < features; feature++) {
      const value = x[place * features + feature] ?? 0;
      for (let unit = 0; unit < width; unit++)
        row[unit] = (row[unit] ?? 0) + value * (kernel[feature * width + unit] ?? 0);
    }
  }
  return sums;
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function softmax(row: Float32Array): void {
  const most = Math.max(...row);
  const powers = row.map((value) => Math.exp(value - most));
  const sum = powers.reduce((total, value) => total + value, 0);
  row.set(powers.map((value) => value / sum));
}

/** How much of each patch one patch takes in, in one head; where `patch` is null the mean over all patches: [patches]. */
export function lookOf(
  { rows, columns, weights }: AttentionMap,
  head: number,
  patch: number | null,
): Float32Array<ArrayBuffer> {
  const places = rows * columns;
  const rowOf = (place: number) =>
    weights.slice((head * places + place) * places, (head * places + place + 1) * places);
  if (patch !== null) return rowOf(patch);
  const sums = new Float32Array(places);
  for (let place = 0; place < places; place++)
    rowOf(place).forEach((share, to) => {
      sums[to] = (sums[to] ?? 0) + share / places;
    });
  return sums;
}

/** A value for each patch as a value for each pixel: [height, width]. */
export function overPixels(
  values: Float32Array,
  { rows, columns }: Pick<AttentionMap, 'rows' | 'columns'>,
  { height, width }: { readonly height: number; readonly width: number },
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: height * width }, (_, pixel) => {
    const row = Math.floor((Math.floor(pixel / width) * rows) / height);
    return values[row * columns + Math.floor(((pixel % width) * columns) / width)] ?? 0;
  });
}
