import { at, last } from '../../../core/at.ts';
import type { GlobalAveragePooling1DSpec } from '../../../core/network/layers/global-average-pooling1d.ts';
import type { GlobalAveragePooling2DSpec } from '../../../core/network/layers/global-average-pooling2d.ts';
import { imagesIn, wholeImage } from '../images.ts';
import type { Recorder, Value } from '../recorder.ts';
import { windowMeans } from './pooling.ts';
import type { LayerRecorder } from './site.ts';

/** The mean of each channel: [batch, height, width, channels] to [batch, channels]. */
export const globalAveragePooling2d: LayerRecorder<GlobalAveragePooling2DSpec> = ({ recorder, node, inputs: [x] }) =>
  channelMeans(recorder, node.name, x);

/** The mean over all places: [batch, places, features] to [batch, features], as of an image one pixel wide. */
export const globalAveragePooling1d: LayerRecorder<GlobalAveragePooling1DSpec> = ({ recorder, node, inputs: [x] }) =>
  channelMeans(recorder, node.name, recorder.reshaped(x, [at(x.shape, 0), at(x.shape, 1), 1, last(x.shape)]));

function channelMeans(recorder: Recorder, name: string, x: Value): Value {
  const means = windowMeans(recorder, name, x, wholeImage(imagesIn(x.shape)));
  return recorder.reshaped(means, [at(x.shape, 0), last(x.shape)]);
}
