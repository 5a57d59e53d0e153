import type { Buffer } from '../../step/buffer.ts';
import { type Dispatch, scratch } from '../dispatch.ts';
import { float, gridOf, repeat } from './shader.ts';
import { sumParts } from './sum-parts.ts';

/** How far a workgroup gets along the depth between two loads of its tiles. */
const STEP = 16;
/** Depth that a partial product has at least. */
const LEAST_SHARE = 4 * STEP;
/** Workgroups that keep a device busy; below them the depth is cut into partial products. */
const BUSY = 256;
/** Values of all partial products together. */
const MOST_PARTIAL = 2 ** 22;

/** One of the two matrices of a product. */
export interface Factor {
  /** WGSL statements that return the value at (`row`, `k`) or at (`k`, `column`), all u32 and within the matrix. */
  readonly value: string;
  /** The axis along which neighbours lie side by side in memory, so that they are loaded together. */
  readonly along: 'depth' | 'side';
}

/** What is multiplied. */
export interface Product {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** [rows, depth] and [depth, columns]; the names that they use. */
  readonly a: Factor;
  readonly b: Factor;
  readonly reads: Readonly<Record<string, Buffer>>;
  /** How many products of this kind there are, which WGSL numbers as `n`; of several the depth is not cut. */
  readonly count?: number;
  /** What sums are multiplied by. */
  readonly scale?: number;
  /** WGSL of the place of (`n`, `row`, `column`) in the output, where it is not row by row. */
  readonly place?: string;
  /** One for each column. */
  readonly bias?: Buffer | null;
  readonly relu?: boolean;
  /** [rows, columns], or [count, rows, columns]. */
  readonly output: Buffer;
}

/**
 * A matrix product, y = a b + bias, negative results set to 0 where `relu`. A workgroup computes a tile of it from tiles of both
 * factors in workgroup memory, and an invocation 4 x 4 values in registers: 16 products for two loads of four values. Where there are few tiles,
 * the depth is cut into partial products, which a second dispatch adds up in order.
 */
export function product(product: Product): readonly Dispatch[] {
  const { name, rows, columns, output, bias = null, relu = false } = product;
  const tiles = tilesOf(product);
  const { share, splits } = splitsOf(product, tiles.count);
  const { workgroups, number } = gridOf(tiles.count * (product.count ?? 1));
  const isWhole = splits === 1;
  const code = productShader(product, { tiles, share, number, finish: isWhole ? { bias: bias !== null, relu } : null });
  const partial = isWhole ? output : scratch(`${name} partial products`, splits * rows * columns);
  const multiplied: Dispatch = {
    name,
    code,
    reads: { ...product.reads, ...(isWhole && bias !== null ? { bias } : {}) },
    writes: { product: partial },
    workgroups: [workgroups[0], workgroups[1], splits],
  };
  if (isWhole) return [multiplied];
  return [
    multiplied,
    sumParts(`${name} sum`, { parts: splits, count: rows * columns, partial, output, bias, columns, relu }),
  ];
}

interface Tiles {
  readonly rows: number;
  readonly columns: number;
  /** Tiles side by side. */
  readonly across: number;
  readonly count: number;
}

/** Tiles as narrow as the product, so that a layer of few units does not compute 64. */
function tilesOf({ rows, columns }: Product): Tiles {
  const width = columns <= 16 ? 16 : columns <= 32 ? 32 : 64;
  const height = rows <= 32 && width > 16 ? 32 : 64;
  const across = Math.ceil(columns / width);
  return { rows: height, columns: width, across, count: across * Math.ceil(rows / height) };
}

function splitsOf(
  { rows, columns, depth, count = 1 }: Product,
  tiles: number,
): { readonly share: number; readonly splits: number } {
  if (count > 1) return { share: depth, splits: 1 };
  const most = Math.min(Math.floor(depth / LEAST_SHARE), Math.floor(MOST_PARTIAL / (rows * columns)));
  const wanted = Math.max(1, Math.min(Math.floor(BUSY / tiles), most));
  const share = Math.ceil(depth / wanted / STEP) * STEP;
  return { share, splits: Math.ceil(depth / share) };
}

interface Layout {
  readonly tiles: Tiles;
  readonly share: number;
  readonly number: string;
  /** What is done with whole sums; null for partial products. */
  readonly finish: { readonly bias: boolean; readonly relu: boolean } | null;
}

function productShader(product: Product, { tiles, share, number, finish }: Layout): string {
  const { rows, columns, depth, a, b, count = 1, scale = 1, place } = product;
  const threads = (tiles.rows / 4) * (tiles.columns / 4);
  const across = tiles.columns / 4;
  const sum = `sum[c]${scale === 1 ? '' : ` * ${float(scale)}`}${finish?.bias ? ' + bias[column + c]' : ''}`;
  return `
var<workgroup> aTile: array<vec4f, ${(STEP * tiles.rows) / 4}>;
var<workgroup> bTile: array<vec4f, ${(STEP * tiles.columns) / 4}>;
var<private> n: u32;
fn a(row: u32, k: u32) -> f32 { ${a.value} }
fn b(k: u32, column: u32) -> f32 { ${b.value} }
fn place(start: u32, row: u32, column: u32) -> u32 { return ${place ?? `start + row * ${columns}u + column`}; }
fn write(row: u32, column: u32, start: u32, sum: vec4f) {
  if (row >= ${rows}u) { return; }
  for (var c = 0u; c < min(4u, ${columns}u - min(column, ${columns}u)); c++) {
    product[place(start, row, column + c)] = ${finish?.relu ? `max(${sum}, 0.0)` : sum};
  }
}
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let which = ${number} / ${tiles.count}u;
  if (which >= ${count}u) { return; }
  n = which;
  let tile = ${number} % ${tiles.count}u;
  let top = tile / ${tiles.across}u * ${tiles.rows}u;
  let left = tile % ${tiles.across}u * ${tiles.columns}u;
  let first = group.z * ${share}u;
  let end = min(first + ${share}u, ${depth}u);
  let own = vec2u(local / ${across}u, local % ${across}u);
  ${repeat(4, (r) => `var sum${r} = vec4f();`)}
  for (var depth = first; depth < end; depth += ${STEP}u) {
    ${loadTile({ tile: 'aTile', extent: tiles.rows, threads, along: a.along, start: 'top', limit: rows, value: (j) => `a(side + ${j}u, depth + k)` })}
    ${loadTile({ tile: 'bTile', extent: tiles.columns, threads, along: b.along, start: 'left', limit: columns, value: (j) => `b(depth + k, side + ${j}u)` })}
    workgroupBarrier();
    for (var k = 0u; k < ${STEP}u; k++) {
      let av = aTile[k * ${tiles.rows / 4}u + own.x];
      let bv = bTile[k * ${across}u + own.y];
      ${repeat(4, (r) => `sum${r} += av[${r}] * bv;`)}
    }
    workgroupBarrier();
  }
  ${repeat(4, (r) => `write(top + own.x * 4u + ${r}u, left + own.y * 4u, (n + group.z) * ${rows * columns}u, sum${r});`)}
}`;
}

interface Load {
  readonly tile: string;
  readonly extent: number;
  readonly threads: number;
  readonly along: Factor['along'];
  readonly start: string;
  readonly limit: number;
  readonly value: (lane: number) => string;
}

/** WGSL that fills a tile [STEP, extent], four values a turn, with zeros beyond the matrix. */
function loadTile({ tile, extent, threads, along, start, limit, value }: Load): string {
  const fours = extent / 4;
  const [k, four] = along === 'depth' ? [`i % ${STEP}u`, `i / ${STEP}u`] : [`i / ${fours}u`, `i % ${fours}u`];
  return `for (var i = local; i < ${STEP * fours}u; i += ${threads}u) {
      let k = ${k};
      let four = ${four};
      let side = ${start} + 4u * four;
      var values = vec4f();
      if (depth + k < end) {
        ${repeat(4, (j) => `if (side + ${j}u < ${limit}u) { values[${j}] = ${value(j)}; }`)}
      }
      ${tile}[k * ${fours}u + four] = values;
    }`;
}
