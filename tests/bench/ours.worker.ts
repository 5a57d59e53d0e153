import { defaultRecipe } from '../../src/core/training/recipe.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { graphOf } from './cases.ts';
import { IMAGE_COUNT } from './images.ts';
import type { Job, Measurement } from './job.ts';
import { answer, countCalls, deviceOf, measure, type Subject } from './measure.ts';
import { stepping } from './stepping.ts';

/** The app's engine, as its worker drives it. */
answer<Job, Measurement>(async (job) => {
  const device = await deviceOf(job.backend);
  const counts = countCalls(job.backend);
  const engine = createEngine();
  const { backend } = await engine.open(job.backend);
  if (backend !== job.backend) throw new Error(`The engine cannot open ${job.backend} here.`);
  await loadShards(engine, job.dataUrl);
  return { ...(await measure(() => createSubject(engine, job), counts, job.budgetMs)), device };
});

/** Resolves once all of the data set is there: what arrives later is unpacked between the steps that are timed. */
function loadShards(engine: Engine, dataUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.openDataset(dataUrl, {
      onSpec: () => {},
      onShard: ({ shardsArrived, shardsTotal }) => shardsArrived === shardsTotal && resolve(),
      onFailure: ({ message }) => reject(new Error(message)),
    });
  });
}

async function createSubject(engine: Engine, { name, batch }: Job): Promise<Subject> {
  const recipe = { ...defaultRecipe(FASHION_MNIST), batchSize: batch, trainingImages: IMAGE_COUNT, validationSplit: 0 };
  return stepping(await engine.createTrainer(graphOf(name), recipe));
}
