import { classCountOf } from '../../dataset/spec.ts';
import { median } from '../../median.ts';
import { briefText, numberText, percentText } from '../../text/number-text.ts';
import { type LossCourse, newestCount } from '../loss-course.ts';
import { type CoachFix, hasEqualWeights, usesRelu } from './fixes.ts';
import { chanceAccuracy, chanceLoss, judgedImages } from './measures.ts';
import { type Observation, type Verdict, verdictOf } from './verdict.ts';

/** A loss this many times that of the first step has left the slope for good. */
const DIVERGED = 3;

/** The loss is not a number any more, or far above where it began; null where it is neither. */
export function diverged({ setup, losses, stepsPerEpoch }: Observation): Verdict | null {
  const { learningRate } = setup.recipe;
  const fixes: readonly CoachFix[] = [
    { kind: 'learningRate', rate: tenth(learningRate) },
    { kind: 'clipNorm', norm: 1 },
  ];
  const tooHigh = `The learning rate ${briefText(learningRate)} is too high.`;
  if (losses.lostAt !== null) {
    const sentence = `the loss was no longer a number at step ${numberText(losses.lostAt + 1)}. ${tooHigh}`;
    return verdictOf('diverged', setup, 'Training diverged', sentence, fixes);
  }
  const rise = currentLoss(losses, stepsPerEpoch) / losses.first;
  if (!(rise >= DIVERGED)) return null;
  const sentence = `the loss is ${numberText(Math.round(rise))} times what it was at the start. ${tooHigh}`;
  return verdictOf('diverged', setup, 'Training diverged', sentence, fixes);
}

/** The middle loss of the last fifth of an epoch, at least ten steps: no single batch moves it. NaN before. */
function currentLoss({ steps, newest }: LossCourse, stepsPerEpoch: number): number {
  const count = newestCount(stepsPerEpoch);
  return steps < count ? Number.NaN : median([...newest.slice(-count)]);
}

/** Before so many steps a network has hardly left the weights that it began with. */
const FIRST_STEPS = 20;

/** A loss that falls by this share in an epoch is on its way. */
const FALLS = 0.005;

/**
 * Every image gets the same answer, for two epochs on end: accuracy as by chance, and a loss that does not fall and is no
 * better than that of giving all classes the same probability. A network that only learns slowly is better than that, or
 * gets there.
 */
export function deadUnits({ setup, epochs, losses }: Observation): Verdict | null {
  if (losses.steps < FIRST_STEPS) return null;
  const last = epochs.slice(-2).flatMap(({ trainSample }) => (trainSample === null ? [] : [trainSample]));
  const { recipe, dataset } = setup;
  const stuck = last.every(
    ({ loss, accuracy }) =>
      accuracy <= chanceAccuracy(judgedImages(setup), classCountOf(dataset)) &&
      loss >= 0.995 * chanceLoss(recipe.loss, dataset),
  );
  const [before, now] = last;
  if (before === undefined || now === undefined || !stuck || now.loss < (1 - FALLS) * before.loss) return null;
  const answer = `every ${dataset.words.subject.one} gets the same answer, which is right ${percentText(now.accuracy)} of the time, no better than chance.`;
  const fixes: readonly CoachFix[] = [
    { kind: 'initializer', initializer: 'heUniform' },
    { kind: 'learningRate', rate: tenth(recipe.learningRate) },
    { kind: 'leakyRelu' },
  ];
  return verdictOf('deadUnits', setup, 'Not learning', `${answer} ${causeOf(setup, losses)}`, fixes);
}

/** What most likely keeps a network from learning. */
function causeOf({ network, recipe, dataset }: Observation['setup'], losses: LossCourse): string {
  if (network.layers.some(hasEqualWeights))
    return 'Weights that all start the same stay the same: start them at random values.';
  const rate = briefText(recipe.learningRate);
  if (!network.layers.some(usesRelu)) return `The learning rate ${rate} may be too high, or far too low.`;
  const jumped = losses.most > 1.5 * losses.first;
  const killed = jumped ? `The first steps at learning rate ${rate} were so large that its` : 'Its';
  return `${killed} relu units give 0 for every ${dataset.words.sample.one}. There the gradient of relu is 0, so they cannot learn.`;
}

function tenth(rate: number): number {
  return Number((rate / 10).toPrecision(2));
}
