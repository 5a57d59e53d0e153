import { expect, test } from 'vitest';
import { ModuleWriter, type Subroutine } from '../../../src/engine/wasm/assembler.ts';
import {
  bulk,
  type Code,
  f32,
  f32x4,
  i32,
  i32x4,
  loop,
  loopAddresses,
  loopUntil,
  sequence,
  shuffle,
  unsigned,
  v128,
  when,
} from '../../../src/engine/wasm/code.ts';

const LIMITS = { initial: 1, maximum: 1, shared: false };

/** Runs code on a memory that begins with the given floats; gives the floats afterwards. */
async function run(floats: readonly number[], body: Code): Promise<number[]> {
  const module = new ModuleWriter({ fused: false });
  module.add('main', [], () => body);
  return execute(module, floats);
}

async function execute(module: ModuleWriter, floats: readonly number[]): Promise<number[]> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const values = new Float32Array(memory.buffer);
  values.set(floats);
  const { instance } = await WebAssembly.instantiate(module.assemble(LIMITS), { env: { memory } });
  const { main } = instance.exports;
  if (typeof main !== 'function') throw new Error('There is no main.');
  main();
  return Array.from(values.subarray(0, 16));
}

test.each([
  [0, [0]],
  [127, [0x7f]],
  [128, [0x80, 0x01]],
  [624_485, [0xe5, 0x8e, 0x26]],
  [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
])('%i is written in LEB128 as %j', (value, bytes) => {
  expect(unsigned(value)).toEqual(bytes);
});

test.each([0, 63, 64, -1, -64, -65, 8191, -8193, 2_147_483_647, -2_147_483_648, 1_664_525, 0xffff_ffff])(
  'the constant %i comes out as it went in',
  async (value) => {
    const [low, high] = await run(
      [],
      sequence(f32.store(0, f32.ofUnsigned(i32.and(value, 0xffff))), f32.store(4, f32.ofUnsigned(i32.shrU(value, 16)))),
    );
    expect([low, high]).toEqual([value & 0xffff, (value >>> 16) & 0xffff]);
  },
);

test.each([
  [64, 96, 4],
  [0x7fff_fff0, 0x8000_0010, 4],
  [0xffff_ff00, 0xffff_ff20, 4],
  [0x8000_0010, 0x7fff_fff0, 0],
])('a loop from address %i to %i has %i rounds of eight bytes', async (from, to, rounds) => {
  const module = new ModuleWriter({ fused: false });
  module.add('main', [], ({ scope }) => {
    const [address, count] = [scope.local('i32'), scope.local('i32')];
    return sequence(
      address.set(from),
      loopAddresses(address, to, 8, count.increase(1)),
      f32.store(0, f32.ofUnsigned(count)),
    );
  });
  expect((await execute(module, []))[0]).toBe(rounds);
});

test('arithmetic of floats and vectors is that of JavaScript, rounded to float32', async () => {
  const floats = [1.5, -2, 3.25, 4, 10, 20, 30, 40];
  const sum = await run(floats, v128.store(32, f32x4.add(v128.load(0), v128.load(16))));
  expect(sum.slice(8, 12)).toEqual([11.5, 18, 33.25, 44]);
  const scaled = await run(floats, v128.store(32, f32x4.mul(v128.load(0), v128.loadSplat(20))));
  expect(scaled.slice(8, 12)).toEqual([30, -40, 65, 80]);
  const root = await run([2], f32.store(4, f32.sqrt(f32.load(0))));
  expect(root[1]).toBe(Math.fround(Math.SQRT2));
});

test('lanes are chosen by comparison, shuffled, and multiplied as whole numbers', async () => {
  const clipped = await run(
    [-1, 2, -3, 4],
    v128.store(16, v128.and(v128.load(0), f32x4.gt(v128.load(0), v128.splat(0)))),
  );
  expect(clipped.slice(4, 8)).toEqual([0, 2, 0, 4]);
  const mixed = await run([1, 2, 3, 4, 5, 6, 7, 8], v128.store(32, shuffle(v128.load(0), v128.load(16), [0, 4, 3, 7])));
  expect(mixed.slice(8, 12)).toEqual([1, 5, 4, 8]);
  const product = i32x4.mul(i32x4.const([1, 2, 3, -4]), v128.splatInt(1000));
  const products = await run([], v128.store(0, f32x4.ofInts(i32x4.add(product, i32x4.const([1, 1, 1, 1])))));
  expect(products.slice(0, 4)).toEqual([1001, 2001, 3001, -3999]);
});

test('loops run from the counter to the end, and not at all where there is nothing to do', async () => {
  const module = new ModuleWriter({ fused: false });
  module.add('main', [], ({ scope }) => {
    const [i, j] = [scope.local('i32'), scope.local('i32')];
    const count = (address: number) => f32.store(address, f32.add(f32.load(address), f32.const(1)));
    return sequence(
      loop(i, 10, 3, count(0)),
      i.set(5),
      loop(i, 5, 1, count(4)),
      loopUntil(i32.eq(j, 7), sequence(j.increase(1), count(8))),
      when(i32.eq(j, 7), count(12), count(16)),
      when(0, count(12), count(16)),
    );
  });
  expect(await execute(module, [])).toEqual([4, 0, 7, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('functions call each other with their parameters, and a subroutine is added once', async () => {
  const module = new ModuleWriter({ fused: false });
  const addTo: Subroutine<'address' | 'amount'> = {
    name: 'addTo',
    parameters: ['address', 'amount'],
    write: ({ parameters: { address, amount } }) =>
      f32.store(address, f32.add(f32.load(address), f32.ofUnsigned(amount))),
  };
  module.add('main', [], ({ module: self }) =>
    sequence(
      self.use(addTo)({ address: 0, amount: 3 }),
      self.use(addTo)({ amount: 4, address: 4 }),
      self.use(addTo)({ address: 0, amount: 10 }),
    ),
  );
  expect((await execute(module, [1, 1])).slice(0, 2)).toEqual([14, 5]);
});

test('blocks of bytes are copied and zeroed', async () => {
  const values = await run([1, 2, 3, 4, 5, 6], sequence(bulk.copy(12, 0, 8), bulk.zero(4, 4)));
  expect(values.slice(0, 6)).toEqual([1, 0, 3, 1, 2, 6]);
});
