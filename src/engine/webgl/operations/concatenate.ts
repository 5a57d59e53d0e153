import { at as itemAt } from '../../../core/at.ts';
import { type ChannelSource, pickChannels } from '../kernels/channels.ts';
import { layoutOf } from '../layout.ts';
import type { Lower } from './lower.ts';

/** One draw. */
export const concatenate: Lower<'concatenate'> = ({ inputs: { parts }, outputs, attributes }, at) => {
  const { rows, widths } = attributes;
  const { batch, height, width, ways } = at.channelsOf(itemAt(parts, 0), rows, itemAt(widths, 0)).layout;
  let to = 0;
  const placed = parts.map((part, i) => {
    const channels = itemAt(widths, i);
    const { layout, place } = at.imagesOf(part, { batch, height, width, channels });
    const source: ChannelSource = { layout, from: 0, width: channels, to };
    to += channels;
    return { source, place };
  });
  const layout = layoutOf(batch, [height, width, to], ways);
  const kernel = pickChannels(
    layout,
    placed.map(({ source }) => source),
  );
  const reads = Object.fromEntries(placed.map(({ place }, i) => [`source${i}_`, place]));
  at.draw(kernel, reads, [at.put(outputs.z, layout)]);
};

/** One draw. */
export const columnsOf: Lower<'columnsOf'> = ({ inputs, outputs, attributes }, at) => {
  const { rows, columns, first, width } = attributes;
  const z = at.channelsOf(inputs.z, rows, columns);
  const { batch, height, ways } = z.layout;
  const layout = layoutOf(batch, [height, z.layout.width, width], ways);
  const kernel = pickChannels(layout, [{ layout: z.layout, from: first, width, to: 0 }]);
  at.draw(kernel, { source0_: z.place }, [at.put(outputs.x, layout)]);
};
