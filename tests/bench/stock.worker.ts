import * as tf from '@tensorflow/tfjs';
import { layersModelOf } from '../reference/layers-model.ts';
import { graphOf } from './cases.ts';
import { IMAGE_COUNT, loadImages } from './images.ts';
import type { Job, Measurement } from './job.ts';
import { answer, countCalls, deviceOf, measure, type Subject } from './measure.ts';
import { openStockBackend } from './stock-backend.ts';

/** Unmodified tfjs, as its own documentation trains: `compile` and `fit`, Adam, one-hot labels, no callbacks. */
answer<Job, Measurement>(async (job) => {
  const device = await deviceOf(job.backend);
  const counts = countCalls(job.backend);
  await openStockBackend(job.backend);
  const { xs, ys } = await loadTensors(job.dataUrl);
  return { ...(await measure(async () => createSubject(job, xs, ys), counts, job.budgetMs)), device };
});

async function loadTensors(dataUrl: string): Promise<{ xs: tf.Tensor; ys: tf.Tensor }> {
  const { labels, pixels } = await loadImages(dataUrl);
  const scaled = Float32Array.from(pixels, (pixel) => pixel / 255);
  const xs = tf.tensor4d(scaled, [IMAGE_COUNT, 28, 28, 1]);
  const ys = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), 10).toFloat();
  return { xs, ys };
}

function createSubject({ name, batch }: Job, xs: tf.Tensor, ys: tf.Tensor): Subject {
  const model = layersModelOf(graphOf(name));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return {
    maxSteps: Math.floor(IMAGE_COUNT / batch),
    async train(steps) {
      const [x, y] = [xs.slice(0, steps * batch), ys.slice(0, steps * batch)];
      // At its end, `fit` reads the metrics back: all its work is done when it returns.
      await model.fit(x, y, { batchSize: batch, epochs: 1, verbose: 0 });
      tf.dispose([x, y]);
    },
  };
}
