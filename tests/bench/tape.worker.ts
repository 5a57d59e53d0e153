import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { TrainingSet } from '../../src/dataset/training-set.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { DataFeed } from '../../src/engine/data-feed.ts';
import { openDevice } from '../../src/engine/device.ts';
import { createBatchSource } from '../../src/engine/tape/ops/batch-source.ts';
import { NetworkTrainer } from '../../src/engine/tape/trainer.ts';
import { graphOf } from './cases.ts';
import { IMAGE_COUNT } from './images.ts';
import type { Job, Measurement } from './job.ts';
import { answer, countCalls, deviceOf, measure } from './measure.ts';
import { stepping } from './stepping.ts';

/** The app's kernels through tfjs' tape, where the engine would take a recorded step. */
answer<Job, Measurement>(async (job) => {
  const described = await deviceOf(job.backend);
  const counts = countCalls(job.backend);
  const device = await openDevice(job.backend);
  if (device.report.backend !== job.backend) throw new Error(`The engine cannot open ${job.backend} here.`);
  const feed = await loadedFeed(job.dataUrl);
  const open = async () => {
    const { store, blocks } = await feed.described;
    const recipe = { ...defaultRecipe(FASHION_MNIST), batchSize: job.batch, trainingImages: IMAGE_COUNT };
    const trainingSet = new TrainingSet(store, blocks, {
      samples: IMAGE_COUNT,
      validationFraction: 0,
      seed: recipe.seed,
    });
    const sources = { train: createBatchSource(store, 'train'), test: createBatchSource(store, 'test') };
    const trainer = new NetworkTrainer(graphOf(job.name), recipe, { device, store, sources, trainingSet });
    await trainer.warmUp();
    return stepping(trainer);
  };
  return { ...(await measure(open, counts, job.budgetMs)), device: described };
});

/** The data set once all of it is there: what arrives later is unpacked between the steps that are timed. */
function loadedFeed(dataUrl: string): Promise<DataFeed> {
  return new Promise((resolve, reject) => {
    const feed = new DataFeed(dataUrl, {
      onSpec: () => {},
      onShard: ({ shardsArrived, shardsTotal }) => shardsArrived === shardsTotal && resolve(feed),
      onFailure: ({ message }) => reject(new Error(message)),
    });
  });
}
