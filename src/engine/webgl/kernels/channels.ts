import { type Kernel, repeat } from '../kernel.ts';
import type { ImageLayout } from '../layout.ts';
import { elementwise } from './elementwise.ts';
import { texelAt } from './pixel.ts';

/** Neighbouring channels of some images that become channels of others. */
export interface ChannelSource {
  readonly layout: ImageLayout;
  /** Its first channel that is taken. */
  readonly from: number;
  readonly width: number;
  /** What that channel becomes. */
  readonly to: number;
}

/**
 * Channels of images put together, pixel by pixel. source0, source1 ...: images of one size in these layouts -> `output`; each of its channels has
 * one source, and they come in order.
 */
export function pickChannels(output: ImageLayout, sources: readonly ChannelSource[]): Kernel {
  const row = `n * ${output.height} + y`;
  const whole = sources.every(({ from, to, width }) => [from, to, width].every((channel) => channel % 4 === 0));
  const texel = ({ layout }: ChannelSource, i: number, group: string) =>
    texelAt(`source${i}_`, layout, 'x', row, group);
  const texels = sources.map((source, i) => {
    const { from, to, width } = source;
    return `if (c < ${(to + width) / 4}) return ${texel(source, i, `(c + ${(from - to) / 4})`)};`;
  });
  const channels = sources.map((source, i) => {
    const { from, to, width } = source;
    return `if (k < ${to + width}) return ${texel(source, i, `((k + ${from - to}) / 4)`)}[(k + ${from - to}) % 4];`;
  });
  const byTexel = `vec4 picked(int n, int y, int x, int c) {
  ${texels.join('\n  ')}
  return vec4(0.0);
}`;
  const byChannel = `float channelOf(int n, int y, int x, int k) {
  ${channels.join('\n  ')}
  return 0.0;
}
vec4 picked(int n, int y, int x, int c) {
  return vec4(${repeat(4, (j) => `channelOf(n, y, x, c * 4 + ${j})`, ', ')});
}`;
  const kernel = elementwise(output, {
    name: 'pick channels',
    inputs: {},
    prelude: whole ? byTexel : byChannel,
    result: 'picked(n, y, x, c)',
  });
  return { ...kernel, inputs: Object.fromEntries(sources.map((_, i) => [`source${i}_`, 'rgba32f' as const])) };
}
