import { at as itemAt } from '../../../core/at.ts';
import type { Place } from '../draw.ts';
import { joinChannels, takeChannels } from '../kernels/channels.ts';
import { extentOf, type ImageLayout, layoutOf } from '../layout.ts';
import type { Lowering } from '../lowering.ts';
import type { Lower } from './lower.ts';

/** The most values that one draw puts side by side: a shader has 16 samplers. */
const MOST_PARTS = 15;

interface Part {
  readonly layout: ImageLayout;
  readonly place: Place;
}

/** One draw; one for each fifteen where there are more parts, and one for what they give. */
export const concatenate: Lower<'concatenate'> = ({ inputs: { parts }, outputs, attributes }, at) => {
  const { rows, widths } = attributes;
  const { batch, height, width, ways } = at.channelsOf(itemAt(parts, 0), rows, itemAt(widths, 0)).layout;
  const placed = parts.map((part, i) => at.imagesOf(part, { batch, height, width, channels: itemAt(widths, i) }));
  const few = inFew(placed, ways, at);
  const layout = joinedLayout(few, ways);
  at.draw(joinChannels(layout, few.map(layoutIn)), readsOf(few), [at.put(outputs.z, layout)]);
};

/** The same channels in so few parts that one draw puts them together. */
function inFew(parts: readonly Part[], ways: number, at: Lowering): readonly Part[] {
  if (parts.length <= MOST_PARTS) return parts;
  const joined: Part[] = [];
  for (let first = 0; first < parts.length; first += MOST_PARTS) {
    const some = parts.slice(first, first + MOST_PARTS);
    const layout = joinedLayout(some, ways);
    const place = at.scratch('side by side', extentOf(layout));
    at.draw(joinChannels(layout, some.map(layoutIn)), readsOf(some), [place]);
    joined.push({ layout, place });
  }
  return inFew(joined, ways, at);
}

function joinedLayout(parts: readonly Part[], ways: number): ImageLayout {
  const { batch, height, width } = itemAt(parts, 0).layout;
  const channels = parts.reduce((sum, { layout }) => sum + layout.channels, 0);
  return layoutOf(batch, [height, width, channels], ways);
}

function layoutIn({ layout }: Part): ImageLayout {
  return layout;
}

function readsOf(parts: readonly Part[]): Readonly<Record<string, Place>> {
  return Object.fromEntries(parts.map(({ place }, i) => [`source${i}_`, place]));
}

/** One draw. */
export const columnsOf: Lower<'columnsOf'> = ({ inputs, outputs, attributes }, at) => {
  const { rows, columns, first, width } = attributes;
  const z = at.channelsOf(inputs.z, rows, columns);
  const layout = layoutOf(z.layout.batch, [z.layout.height, z.layout.width, width], z.layout.ways);
  at.draw(takeChannels(layout, z.layout, first % 4 === 0), { source: z.place }, [at.put(outputs.x, layout)], {
    uniforms: () => ({ first: [first] }),
  });
};
