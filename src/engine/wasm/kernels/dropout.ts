import {
  type Code,
  f32x4,
  i32,
  i32x4,
  type Local,
  loop,
  type Operand,
  sequence,
  shuffle,
  v128,
  when,
} from '../code.ts';
import { kernel } from '../kernel.ts';
import { CHUNK } from './elementwise.ts';

/** Value i, row by row, is kept where the generator's 24-bit number i is at least `threshold`, and multiplied by `kept`. */
export const DROPOUT = kernel(
  'dropout',
  { fields: ['x', 'y', 'count', 'key0', 'key1', 'key2', 'threshold'], floats: ['kept'] },
  ({ fields, floats, chunk, scope }) => {
    const { x, y, count, key0, key1, key2, threshold } = fields;
    const vector = () => scope.local('v128');
    const words: Words = [vector(), vector(), vector(), vector()];
    const [counter, limit, factor] = [vector(), vector(), vector()];
    const end = scope.local('i32');
    const start = i32.mul(chunk, CHUNK);
    const keep = (words: readonly Operand[]) =>
      words.map((word, i) => {
        const mask = i32x4.ge(i32x4.shrU(word, 8), limit);
        return v128.store(y, f32x4.mul(v128.and(v128.load(x, i * 16), mask), factor), i * 16);
      });
    return sequence(
      end.set(i32.sub(count, start)),
      when(i32.gt(end, CHUNK), end.set(CHUNK)),
      x.increase(i32.shl(start, 2)),
      y.increase(i32.shl(start, 2)),
      limit.set(v128.splatInt(threshold)),
      factor.set(v128.splat(floats.kept)),
      // Four neighbours share one hash.
      counter.set(i32x4.add(v128.splatInt(i32.shrU(start, 2)), i32x4.const([0, 1, 2, 3]))),
      count.set(0),
      loop(
        count,
        end,
        16,
        sequence(
          words[0].set(v128.splatInt(key0)),
          words[1].set(v128.splatInt(key1)),
          words[2].set(v128.splatInt(key2)),
          words[3].set(counter),
          pcg4d(words),
          transpose(words, vector),
          ...keep(words),
          counter.set(i32x4.add(counter, v128.splatInt(4))),
          x.increase(64),
          y.increase(64),
        ),
      ),
    );
  },
);

type Words = readonly [Local, Local, Local, Local];

/** The hash of core/random.ts on four counters at once. */
function pcg4d(words: Words): Code {
  const [x, y, z, w] = words;
  const mix = sequence(
    x.set(i32x4.add(x, i32x4.mul(y, w))),
    y.set(i32x4.add(y, i32x4.mul(z, x))),
    z.set(i32x4.add(z, i32x4.mul(x, y))),
    w.set(i32x4.add(w, i32x4.mul(y, z))),
  );
  const congruence = (word: Local) =>
    word.set(i32x4.add(i32x4.mul(word, v128.splatInt(1_664_525)), v128.splatInt(1_013_904_223)));
  return sequence(
    ...words.map(congruence),
    mix,
    ...words.map((word) => word.set(v128.xor(word, i32x4.shrU(word, 16)))),
    mix,
  );
}

/** Turns four vectors of one word each into four vectors of one counter each. */
function transpose([x, y, z, w]: Words, vector: () => Local): Code {
  const [xyLow, zwLow, xyHigh, zwHigh] = [vector(), vector(), vector(), vector()];
  return sequence(
    xyLow.set(shuffle(x, y, [0, 4, 1, 5])),
    zwLow.set(shuffle(z, w, [0, 4, 1, 5])),
    xyHigh.set(shuffle(x, y, [2, 6, 3, 7])),
    zwHigh.set(shuffle(z, w, [2, 6, 3, 7])),
    x.set(shuffle(xyLow, zwLow, [0, 1, 4, 5])),
    y.set(shuffle(xyLow, zwLow, [2, 3, 6, 7])),
    z.set(shuffle(xyHigh, zwHigh, [0, 1, 4, 5])),
    w.set(shuffle(xyHigh, zwHigh, [2, 3, 6, 7])),
  );
}
