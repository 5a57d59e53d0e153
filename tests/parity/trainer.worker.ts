import { classCountOf } from '../../src/core/dataset/spec.ts';
import { FASHION_MNIST } from '../../src/datasets/fashion-mnist/spec.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Trainer } from '../../src/engine/engine.ts';
import { NetworkTrainer } from '../../src/engine/tape/trainer.ts';
import { loadImages } from '../bench/images.ts';
import { answer, deviceOf } from '../bench/measure.ts';
import { tapeTrainer } from '../engine/support/tape-trainer.ts';
import { continueCurve } from '../engine/support/training.ts';
import { ASKED, caseOf, STEPS, setupOf } from './cases.ts';
import type { ParityJob, ParityResult } from './job.ts';

/** Steps between two readings of the metrics. */
const READING = 20;

/** One backend of the app's engine. */
answer<ParityJob, ParityResult>(async (job) => {
  const device = job.backend === 'cpu' ? 'JavaScript' : await deviceOf(job.backend);
  const trainer = await (job.way === 'tape' ? onTape(job) : asChosen(job));
  const isRecorded = !(trainer instanceof NetworkTrainer);
  // Those would be tfjs' kernels, and minutes without a GPU.
  if (job.backend === 'webgpu' && !isRecorded) return { losses: [], isRecorded, answered: null, device };
  const { losses } = await continueCurve(trainer, job.steps, READING);
  const isAsked = job.steps === STEPS && caseOf(job.id).recipe.weightAveraging;
  const answered = isAsked ? await answeredLoss(trainer, job.dataUrl) : null;
  return { losses, isRecorded, answered, device };
});

function onTape({ id, seed, backend, dataUrl }: ParityJob): Promise<Trainer> {
  const { graph, recipe } = setupOf(id, seed);
  return tapeTrainer(graph, recipe, dataUrl, backend);
}

async function asChosen({ id, seed, backend, dataUrl }: ParityJob): Promise<Trainer> {
  const engine = createEngine();
  const report = await engine.open(backend);
  if (report.backend !== backend) throw new Error(`The engine cannot open ${backend} here.`);
  const failed = new Promise<never>((_, reject) => {
    engine.openDataset(dataUrl, {
      onSpec: () => {},
      onShard: () => {},
      onFailure: ({ message }) => reject(new Error(message)),
    });
  });
  const { graph, recipe } = setupOf(id, seed);
  return Promise.race([engine.createTrainer(graph, recipe), failed]);
}

/** The loss of the first images by the answers that they get. */
async function answeredLoss(trainer: Trainer, dataUrl: string): Promise<number> {
  const { labels, pixels } = await loadImages(dataUrl);
  const probabilities = await trainer.predict(pixels.subarray(0, (ASKED * pixels.length) / labels.length));
  const classes = classCountOf(FASHION_MNIST);
  const losses = Array.from(
    labels.subarray(0, ASKED),
    (label, i) => -Math.log(probabilities[i * classes + label] ?? Number.NaN),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / ASKED;
}
