import { type PatchesSpec, patchGrid } from '../../../core/network/layers/patches.ts';
import { imagesIn } from '../images.ts';
import type { LayerRecorder } from './site.ts';

/** Squares of an image: [batch, height, width, channels] to [batch, patches, size * size * channels]. */
export const patches: LayerRecorder<PatchesSpec> = ({ recorder, node, spec, inputs: [x] }) => {
  const { patchSize: size } = spec;
  const { batch, height, width, channels } = imagesIn(x.shape);
  const [rows, columns] = patchGrid(spec, [height, width, channels]);
  const attributes = { outer: batch * rows, rows: size, columns, inner: size * channels };
  const y = recorder.value(node.name, [batch, rows * columns, size * size * channels], [x]);
  recorder.emit({ name: 'swapAxes', inputs: { x: x.buffer }, outputs: { y: y.buffer }, attributes });
  recorder.onBackward(y, (dy) => {
    const dx = recorder.buffer(`${node.name} gradient`, x.shape);
    const back = { ...attributes, rows: columns, columns: size };
    recorder.emit({ name: 'swapAxes', inputs: { x: dy }, outputs: { y: dx }, attributes: back });
    recorder.give(x, dx);
  });
  return y;
};
