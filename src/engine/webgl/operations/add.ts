import type { Buffer } from '../../step/buffer.ts';
import { sum } from '../kernels/add.ts';
import { activationOf, type Lower, resultOf, slopeOf } from './lower.ts';

/** One draw for a sum of any number of values, with the function behind it, or the slope of the one that made a value. */
export const add: Lower<'add'> = ({ inputs, outputs }, at, fused) => {
  const inner = new Map<Buffer, readonly [Buffer, Buffer]>();
  for (const other of fused.others) {
    if (other.name === 'add') inner.set(other.outputs.z, [other.inputs.x, other.inputs.y]);
  }
  const summands = (buffer: Buffer): readonly Buffer[] => inner.get(buffer)?.flatMap(summands) ?? [buffer];
  const buffers = [inputs.x, inputs.y].flatMap(summands);
  const [first = inputs.x] = buffers;
  const slope = slopeOf(fused, (buffer) => at.valueOf(buffer));
  const { layout } = slope.value ?? at.valueOf(first);
  const shares = buffers.map((buffer) => at.imagesOf(buffer, layout));
  const z = at.put(resultOf(outputs.z, fused), layout);
  const slopes = slope.value ? [{ activation: slope.activation, layout }] : [];
  const kernel = sum(
    layout,
    shares.map((share) => share.layout),
    { activation: activationOf(fused), slopes },
  );
  const reads = Object.fromEntries(shares.map(({ place }, i) => [`share${i}_`, place]));
  at.draw(kernel, slope.value ? { ...reads, v0_: slope.value.place } : reads, [z]);
};
