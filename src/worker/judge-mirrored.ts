import type { Evaluation, Judgement } from '../core/evaluation/evaluation.ts';
import { mirrored } from '../core/evaluation/mirrored.ts';
import type { Graph } from '../core/network/graph.ts';
import type { Recipe } from '../core/training/recipe.ts';
import type { Engine, Trainer } from '../engine/engine.ts';
import { judge } from '../engine/scores.ts';
import type { WorkerContext } from './context.ts';

/** Images that are mirrored at a time; messages are handled in between. */
const BATCH = 500;

/** What it needs of the worker. */
interface MirrorContext extends Pick<WorkerContext, 'emit' | 'yieldToMessages'> {
  readonly engine: Pick<Engine, 'samples'>;
}

/** What is judged. */
interface Judged {
  readonly graph: Pick<Graph, 'dataset'>;
  readonly recipe: Recipe;
  readonly trainer: Pick<Trainer, 'predict'>;
  /** The answers to the test images as they are. */
  readonly evaluation: Evaluation;
}

/**
 * How well the mean of the answers to each test image and to its mirror image does (test-time augmentation); null where the recipe
 * does not ask for it, or samples are no images. It stands beside the test result, and never for it. Rejects with an AbortError
 * when aborted.
 */
export async function judgeMirrored(
  { graph: { dataset }, recipe, trainer, evaluation }: Judged,
  { engine, emit, yieldToMessages }: MirrorContext,
  signal: AbortSignal,
): Promise<Judgement | null> {
  const { samples } = dataset;
  const { set, indices, labels, probabilities, classes } = evaluation;
  if (!recipe.testTimeFlip || set !== 'test' || samples.kind !== 'image') return null;
  const logarithms = new Float32Array(probabilities.length);
  for (let start = 0; start < indices.length; start += BATCH) {
    signal.throwIfAborted();
    const images = engine.samples('test', indices.subarray(start, start + BATCH));
    const answers = await trainer.predict(mirrored(images, samples));
    answers.forEach((other, i) => {
      const place = start * classes + i;
      // The least float32, so that the loss stays a number.
      logarithms[place] = Math.log(Math.max((other + (probabilities[place] ?? 0)) / 2, 1e-38));
    });
    emit({ type: 'alive' });
    await yieldToMessages();
  }
  return judge(logarithms, labels, classes, recipe);
}
