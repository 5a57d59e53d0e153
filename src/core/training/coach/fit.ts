import { briefPercentText, briefText, gapText, numberText, percentText, pointsText } from '../../text/number-text.ts';
import type { LossCourse } from '../loss-course.ts';
import type { Setup } from '../setup.ts';
import type { CoachFix } from './fixes.ts';
import { majorityRemark, noBetterThanMajority } from './majority.ts';
import {
  chanceLoss,
  type Gap,
  type JudgedEpoch,
  LEVEL_EPOCHS,
  mean,
  recentFall,
  SMALL_GAP,
  wiggleOf,
} from './measures.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** What the rules use of a run's epochs. */
export interface Facts {
  readonly setup: Setup;
  readonly epochs: readonly JudgedEpoch[];
  /** The newest epoch. */
  readonly last: JudgedEpoch;
  /** The epoch of the lowest validation loss. */
  readonly best: JudgedEpoch;
  readonly gap: Gap;
  /** Images in each of the two sets. */
  readonly images: number;
  readonly ended: boolean;
  /** Whether it was stopped because validation got no better, and has the weights of its best epoch. */
  readonly stopped: boolean;
  /** Of every step. */
  readonly losses: LossCourse;
}

/** A rule gives its verdict where it holds, and null where it does not. */
export type Rule = (facts: Facts) => Verdict | null;

/** Validation losses this far above the best one are worse, and not merely no better. */
const WORSE = 0.05;

/** A loss that has fallen by less than this over three epochs has stopped falling. */
const STANDSTILL = 0.03;

/** Below the first, the training images are not learned even if the network still improves; below the second, if it does not. */
const POOR_ACCURACY = 0.7;
const LOW_ACCURACY = 0.85;

/** A validation loss that fluctuates by this share of itself from epoch to epoch shows no trend. */
const NOISY = 0.1;

/** A loss that once rose to this many times the first one shows that steps were too large. */
const THROWN = 3;

/** A gap that a little dropout does not close. */
const LARGE_GAP = 0.1;

/** Epochs before which a running network is not said to be stuck or noisy. */
const PATIENT_EPOCHS = 6;

/**
 * Training still improves, and validation, three epochs after its best or later, is worse than that by more than it
 * fluctuates.
 */
export function overfitting({ setup, epochs, last, best, gap }: Facts): Verdict | null {
  const recent = epochs.slice(-LEVEL_EPOCHS);
  const validation = mean(recent.map((epoch) => epoch.validation.loss));
  const train = mean(recent.map((epoch) => epoch.trainSample.loss));
  const worse = validation >= (1 + Math.max(WORSE, jumpOf(epochs))) * best.validation.loss;
  const stillFalls = train < best.trainSample.loss;
  if (last.epoch - best.epoch < LEVEL_EPOCHS || !worse || !stillFalls || gap.size <= gap.margin) return null;
  const title = `Overfitting since epoch ${best.epoch}`;
  const sentence = `${accuracies(last)}. It memorises the training ${setup.dataset.words.sample.many} and gets worse on new ones.${majorityRemark(setup, last)}`;
  return { ...verdictOf('overfitting', setup, title, sentence, remedies(setup, gap)), gapSince: best.epoch };
}

/**
 * Training images are recognized better than new ones, for three epochs in a row, though validation does not get worse.
 */
export function wideGap({ setup, epochs, last, gap }: Facts): Verdict | null {
  const since = epochs.findLastIndex((epoch) => gapAt(epoch) <= gap.margin) + 1;
  const first = epochs[since];
  if (first === undefined || epochs.length - since < LEVEL_EPOCHS) return null;
  const sentence = `${accuracies(last)}. It does better on the training ${setup.dataset.words.sample.many} than on new ones.${majorityRemark(setup, last)}`;
  const title = `A gap of ${gapText(last.trainSample.accuracy, last.validation.accuracy)}`;
  return { ...verdictOf('gap', setup, title, sentence, remedies(setup, gap)), gapSince: first.epoch };
}

/** The classes differ in size, and the network is no better than always giving the most frequent answer. */
export function majority({ setup, epochs, last, ended }: Facts): Verdict | null {
  return ended || epochs.length >= PATIENT_EPOCHS ? noBetterThanMajority(setup, last, standsStill(epochs)) : null;
}

/** The validation loss fluctuates so much that no trend can be seen, and by more than does not matter. */
export function noisy({ setup, epochs, images }: Facts): Verdict | null {
  const jump = jumpOf(epochs);
  if (epochs.length < PATIENT_EPOCHS || jump < NOISY || wiggleOf(lossesOf(epochs)) < negligible(setup)) return null;
  const { recipe, dataset } = setup;
  const { many } = dataset.words.sample;
  const sentence = `the validation loss on ${numberText(images)} ${many} jumps by about ${briefPercentText(Number(jump.toFixed(2)))} from epoch to epoch. Smaller steps, larger batches or more ${many} make it smoother.`;
  return verdictOf('noisy', setup, 'Too noisy to tell', sentence, [
    { kind: 'learningRate', rate: times(recipe.learningRate, 1 / 3) },
    { kind: 'batchSize', images: Math.min(256, 4 * recipe.batchSize) },
    moreImages(setup),
  ]);
}

/** Even the training images are not learned: at the end of a run, or when the loss has stopped falling. */
export function underfitting({ setup, epochs, last, gap, ended, losses }: Facts): Verdict | null {
  const { recipe } = setup;
  const { accuracy } = last.trainSample;
  const stands = standsStill(epochs);
  const reachable = 1 - recipe.labelNoise;
  const low = accuracy < POOR_ACCURACY * reachable || (stands && accuracy < LOW_ACCURACY * reachable);
  if (!low || gap.size > gap.margin || (!ended && epochs.length < PATIENT_EPOCHS)) return null;
  const hard = `${accuracies(last)}: it is often wrong even on the ${setup.dataset.words.sample.many} it trains on`;
  const thrown = losses.most / losses.first;
  if (thrown >= THROWN) {
    const tooHigh = `Its loss once rose to ${numberText(Math.round(thrown))} times the first one: the learning rate ${briefText(recipe.learningRate)} is too high.`;
    const slower: CoachFix = { kind: 'learningRate', rate: times(recipe.learningRate, 0.1) };
    return verdictOf('underfitting', setup, 'Underfitting', `${hard}. ${tooHigh}`, [
      slower,
      { kind: 'clipNorm', norm: 1 },
    ]);
  }
  const faster: CoachFix = { kind: 'learningRate', rate: times(recipe.learningRate, 3) };
  const larger: CoachFix = { kind: 'networkSize', factor: 2 };
  const longer: CoachFix = { kind: 'epochs', epochs: 2 * recipe.epochs };
  return stands
    ? verdictOf('underfitting', setup, 'Underfitting', `${hard}, and it has stopped improving.`, [larger, faster])
    : verdictOf('underfitting', setup, 'Underfitting', `${hard}, and it learns slowly.`, [faster, longer, larger]);
}

/** Validation still improves, the best epoch is one of the last two, and there is no gap. */
export function stillLearning({ setup, epochs, last, best, gap, ended, stopped }: Facts): Verdict | null {
  if (stopped) return null;
  const fall = recentFall(epochs.map((epoch) => epoch.validation.loss));
  const could = ended ? fall >= STANDSTILL && last.trainSample.accuracy < LOW_ACCURACY : fall > 0;
  if (!could || last.epoch - best.epoch > 1 || gap.size > gap.margin) return null;
  const advice = ended ? 'It was still improving when the run ended' : 'Both are getting better';
  const sentence = `${accuracies(last)}. ${advice}; give it more time.`;
  return verdictOf('stillLearning', setup, 'Still learning', sentence, [longer(setup)]);
}

/** The run has ended, the gap is small, and validation is near its best. */
export function fitsWell({ setup, epochs, last, best, gap, ended, stopped }: Facts): Verdict | null {
  const usual = Math.min(2 * wiggleOf(lossesOf(epochs)), negligible(setup));
  const near = last.validation.loss <= best.validation.loss + Math.max(WORSE * best.validation.loss, usual);
  if (!ended || gap.size >= SMALL_GAP || !near) return null;
  const improves = !stopped && recentFall(epochs.map((epoch) => epoch.validation.loss)) >= STANDSTILL;
  const more = improves ? ' It was still improving at the end.' : '';
  const sentence = `${accuracies(last)}. What it learned works for new ${setup.dataset.words.subject.many}, too.${more}`;
  return verdictOf('fitsWell', setup, 'Fits well', sentence, improves ? [longer(setup)] : []);
}

/** A run that has ended without fitting any other verdict. */
export function unclear({ setup, epochs, last, gap, images, ended, stopped }: Facts): Verdict | null {
  if (!ended) return null;
  const maybe =
    gap.size < SMALL_GAP
      ? 'The validation loss ended above its lowest value'
      : `${gapWords({ epochs, last, gap })} may be chance`;
  const epochsToo = stopped ? '' : ', or more epochs,';
  const sentence = `${accuracies(last)}. ${maybe} with ${numberText(images)} validation ${setup.dataset.words.sample.many}: more of them${epochsToo} would make it clear.`;
  const fixes = [moreImages(setup), ...(stopped ? [] : [longer(setup)])];
  return verdictOf('unclear', setup, 'No clear verdict', sentence, fixes);
}

/** The gap of the last epoch, as every other place has it, and beside it the mean that it is judged by, where that is another figure. */
function gapWords({ epochs, last, gap }: Pick<Facts, 'epochs' | 'last' | 'gap'>): string {
  const newest = gapText(last.trainSample.accuracy, last.validation.accuracy);
  const average = pointsText(gap.size);
  const count = Math.min(LEVEL_EPOCHS, epochs.length);
  return newest === average ? `A gap of ${newest}` : `A gap of ${newest}, ${average} on average over ${count} epochs,`;
}

/** How much the validation loss fluctuates from epoch to epoch, as a share of itself. */
function jumpOf(epochs: readonly JudgedEpoch[]): number {
  const losses = lossesOf(epochs);
  return wiggleOf(losses) / mean(losses);
}

function lossesOf(epochs: readonly JudgedEpoch[]): readonly number[] {
  return epochs.map(({ validation }) => validation.loss);
}

/**
 * What a validation loss may fluctuate by without meaning anything: as if two samples in a hundred, the gap that does not
 * matter, went from certain to a guess by chance. A loss of 0.03 that jumps by a fifth of itself is still a good one.
 */
function negligible({ recipe, dataset }: Setup): number {
  return SMALL_GAP * chanceLoss(recipe.loss, dataset);
}

/** Whether the training loss has stopped falling. */
function standsStill(epochs: readonly JudgedEpoch[]): boolean {
  return recentFall(epochs.map(({ trainSample }) => trainSample.loss)) < STANDSTILL;
}

function gapAt({ trainSample, validation }: JudgedEpoch): number {
  return trainSample.accuracy - validation.accuracy;
}

function accuracies({ trainSample, validation }: JudgedEpoch): string {
  return `training sample ${percentText(trainSample.accuracy)}, validation ${percentText(validation.accuracy)}`;
}

/**
 * What closes a gap, the most promising first: measured on 500 to 2,000 images, flips and shifts took three quarters of
 * it, dropout a quarter, L2 next to nothing. The second of a kind is used where the first is in the network already.
 */
function remedies(setup: Setup, gap: Gap): readonly CoachFix[] {
  const { recipe } = setup;
  return [
    { kind: 'augmentation', shift: 2 },
    { kind: 'dropout', rate: gap.size < LARGE_GAP ? 0.25 : 0.5 },
    { kind: 'dropout', rate: 0.5 },
    moreImages(setup),
    { kind: 'networkSize', factor: 0.5 },
    ...(recipe.earlyStopping === null ? [{ kind: 'earlyStopping', patience: 3 } as const] : []),
    { kind: 'l2', l2: 1e-3 },
    { kind: 'l2', l2: 1e-2 },
  ];
}

function moreImages({ recipe, dataset }: Setup): CoachFix {
  return { kind: 'trainingImages', images: Math.min(dataset.splits.train, 4 * recipe.trainingImages) };
}

function longer({ recipe }: Setup): CoachFix {
  return { kind: 'epochs', epochs: Math.min(1000, 2 * recipe.epochs) };
}

function times(rate: number, factor: number): number {
  return Number((rate * factor).toPrecision(1));
}
