import { type Kernel, laneMask, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { elementwise } from './elementwise.ts';
import { texelAt } from './pixel.ts';

/**
 * Channels of images put together, pixel by pixel. source0, source1 ...: images of one size in these layouts, each after the one before -> `output`
 */
export function joinChannels(output: ImageLayout, sources: readonly ImageLayout[]): Kernel {
  const row = `n * ${output.height} + y`;
  let end = 0;
  const parts = sources.map((layout, i) => {
    const start = end;
    end += layout.channels;
    return { start, end, texel: (group: string) => texelAt(`source${i}_`, layout, 'x', row, group) };
  });
  const whole = parts.every((part) => part.start % 4 === 0 && part.end % 4 === 0);
  const texels = parts.map((part) => `if (c < ${part.end / 4}) return ${part.texel(`(c - ${part.start / 4})`)};`);
  const channels = parts.map(
    ({ start, end: last, texel }) => `if (k < ${last}) return ${texel(`((k - ${start}) / 4)`)}[(k - ${start}) % 4];`,
  );
  const byTexel = `vec4 joined(int n, int y, int x, int c) {
  ${texels.join('\n  ')}
  return vec4(0.0);
}`;
  const byChannel = `float channelOf(int n, int y, int x, int k) {
  ${channels.join('\n  ')}
  return 0.0;
}
vec4 joined(int n, int y, int x, int c) {
  return vec4(${repeat(4, (j) => `channelOf(n, y, x, c * 4 + ${j})`, ', ')});
}`;
  const kernel = elementwise(output, {
    name: 'join channels',
    inputs: {},
    prelude: whole ? byTexel : byChannel,
    result: 'joined(n, y, x, c)',
  });
  return { ...kernel, inputs: Object.fromEntries(sources.map((_, i) => [`source${i}_`, 'rgba32f' as const])) };
}

/**
 * Neighbouring channels of images, from the one that the uniform `first` says. `whole`: whether it is the first of a texel. source: images in
 * layout `from` -> `output`
 */
export function takeChannels(output: ImageLayout, from: ImageLayout, whole: boolean): Kernel {
  const texel = (group: string) => texelAt('source', from, 'x', `n * ${output.height} + y`, group);
  const lane = (j: number) =>
    `(c * 4 + ${j} < ${output.channels} ? channelOf(n, y, x, c * 4 + ${j} + int(first)) : 0.0)`;
  const byChannel = `float channelOf(int n, int y, int x, int k) { return ${texel('(k / 4)')}[k % 4]; }`;
  const kernel = elementwise(output, {
    name: 'take channels',
    inputs: {},
    prelude: `uniform uint first;\n${whole ? '' : byChannel}`,
    result: whole
      ? `${texel('(c + int(first) / 4)')} * ${laneMask(output.channels, 'c')}`
      : `vec4(${repeat(4, lane, ', ')})`,
  });
  return { ...kernel, inputs: { source: 'rgba32f' } };
}
