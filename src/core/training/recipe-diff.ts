import { briefPercentText, briefText, numberText } from '../text/number-text.ts';
import { AUGMENTATION_FIELDS, type AugmentationNumber, type AugmentationSpec, isAlternating } from './augmentation.ts';
import { LOSS_TITLES } from './losses.ts';
import { OPTIMIZERS, type OptimizerSpec } from './optimizers/registry.ts';
import { type Recipe, weightDecayOf } from './recipe.ts';
import { SCHEDULES, type ScheduleSpec } from './schedule.ts';

/** What sets one recipe apart from another, as labels, the most telling first. */
export function recipeDiff(a: Recipe, b: Recipe): readonly string[] {
  return [
    ...augmentationDiff(a.augmentation, b.augmentation),
    ...optimizerDiff(a.optimizer, b.optimizer),
    ...change('lr', a.learningRate, b.learningRate, briefText),
    ...scheduleDiff(a.schedule, b.schedule),
    ...change('images', a.trainingImages, b.trainingImages, numberText),
    ...switched('Label noise', a.labelNoise, b.labelNoise, briefPercentText),
    ...switched('Weight decay', weightDecayOf(a), weightDecayOf(b), briefText),
    ...switched('Label smoothing', a.labelSmoothing, b.labelSmoothing, briefText),
    ...switched('Average weights', a.weightAveraging, b.weightAveraging, String),
    ...(a.classWeights === b.classWeights ? [] : [b.classWeights === 'none' ? '−Class weights' : '+Class weights']),
    ...switched('Clip', a.clipNorm ?? 0, b.clipNorm ?? 0, briefText),
    ...change('', LOSS_TITLES[a.loss], LOSS_TITLES[b.loss], (title) => title.toLowerCase()),
    ...change('batch', a.batchSize, b.batchSize, numberText),
    ...change('epochs', a.epochs, b.epochs, numberText),
    ...stoppingDiff(a, b),
    ...(a.testTimeFlip === b.testTimeFlip ? [] : [b.testTimeFlip ? '+Test-time flip' : '−Test-time flip']),
    ...change('validation', validationText(a), validationText(b), String),
    ...change('seed', a.seed, b.seed, String),
  ];
}

/** The label of a value that is always there. */
export function change<Value>(label: string, a: Value, b: Value, text: (value: Value) => string): readonly string[] {
  return a === b ? [] : [`${label} ${text(a)} → ${text(b)}`.trimStart()];
}

/** The label of a value that is off at 0. */
export function switched(label: string, a: number, b: number, text: (value: number) => string): readonly string[] {
  if (a === b) return [];
  if (a === 0) return [`+${label} ${text(b)}`];
  return b === 0 ? [`−${label}`] : change(label, a, b, text);
}

const AUGMENTATION_TEXTS: { readonly [Option in AugmentationNumber]: (value: number) => string } = {
  shift: String,
  rotation: (degrees) => `${degrees}°`,
  scale: briefPercentText,
  erase: briefPercentText,
  brightness: briefPercentText,
};

/** What sets one augmentation apart from another, as labels. */
export function augmentationDiff(a: AugmentationSpec, b: AugmentationSpec): readonly string[] {
  const numbers = AUGMENTATION_FIELDS.flatMap(({ option, label }) =>
    switched(label, a[option], b[option], AUGMENTATION_TEXTS[option]),
  );
  const [past, now] = [a, b].map(isAlternating);
  const alternating = past === now ? [] : [now ? '+Alternating flip' : '−Alternating flip'];
  return [...(a.flip === b.flip ? [] : [b.flip ? '+Flip' : '−Flip']), ...alternating, ...numbers];
}

function optimizerDiff(a: OptimizerSpec, b: OptimizerSpec): readonly string[] {
  if (a.kind !== b.kind) return [`${OPTIMIZERS[a.kind].title} → ${OPTIMIZERS[b.kind].title}`];
  return OPTIMIZERS[b.kind].fields.flatMap(({ option, label }) => optionDiff(option, label, a, b));
}

function scheduleDiff(a: ScheduleSpec, b: ScheduleSpec): readonly string[] {
  if (a.kind !== b.kind) {
    if (a.kind === 'constant') return [`+${SCHEDULES[b.kind].title} schedule`];
    if (b.kind === 'constant') return [`−${SCHEDULES[a.kind].title} schedule`];
    return [`${SCHEDULES[a.kind].title} → ${SCHEDULES[b.kind].title.toLowerCase()} schedule`];
  }
  return SCHEDULES[b.kind].fields.flatMap(({ option, label }) => optionDiff(option, label, a, b));
}

/** The difference in one option of two specs of the same kind. */
function optionDiff(option: string, label: string, a: object, b: object): readonly string[] {
  const [past, value] = [a, b].map((spec) => new Map<string, unknown>(Object.entries(spec)).get(option));
  if (typeof value === 'boolean') return past === value ? [] : [`${value ? '+' : '−'}${label}`];
  if (typeof past !== 'number' || typeof value !== 'number') return [];
  return change(label.toLowerCase(), past, value, briefText);
}

function stoppingDiff({ earlyStopping: a }: Recipe, { earlyStopping: b }: Recipe): readonly string[] {
  const patience = switched('Early stopping', a?.patience ?? 0, b?.patience ?? 0, String);
  if (a === null || b === null || a.restoreBest === b.restoreBest) return patience;
  return [...patience, b.restoreBest ? '+Best weights' : '−Best weights'];
}

function validationText({ validateOn, validationSplit }: Recipe): string {
  if (validateOn === 'test') return 'test set';
  return validationSplit === 0 ? 'none' : briefPercentText(validationSplit);
}
