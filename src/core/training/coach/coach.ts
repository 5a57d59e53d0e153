import { isValidated } from '../recipe.ts';
import { deadUnits, diverged } from './broken.ts';
import {
  type Facts,
  fitsWell,
  majority,
  noisy,
  overfitting,
  type Rule,
  stillLearning,
  unclear,
  underfitting,
  wideGap,
} from './fit.ts';
import { bestEpochOf, gapOf, type JudgedEpoch, judgedImages } from './measures.ts';
import { type Observation, type Verdict, verdictOf } from './verdict.ts';

/** The rules on judged epochs, in the order in which they are asked: what is worse comes first. */
const RULES: readonly Rule[] = [overfitting, wideGap, majority, noisy, underfitting, stillLearning, fitsWell, unclear];

/**
 * What the curves of a run mean, and what to try. Overfitting is told from like-for-like gaps, both sets judged in
 * inference mode and as large as each other, averaged over three epochs and against what chance explains; never from
 * one wiggle, and never from test images.
 */
export function coach(observation: Observation): Verdict {
  const { setup, ended, losses, restoredEpoch = null } = observation;
  const broken = diverged(observation) ?? deadUnits(observation);
  const unseen = broken ? null : noValidation(observation);
  const epochs = setup.recipe.validateOn === 'test' ? [] : judgedEpochs(observation);
  const [last, best] = [epochs.at(-1), bestEpochOf(epochs)];
  if (last === undefined || best === null) return broken ?? unseen ?? tooEarly(observation, epochs);
  const images = judgedImages(setup);
  const facts: Facts = {
    setup,
    epochs,
    last,
    best,
    gap: gapOf(epochs, images),
    images,
    ended,
    stopped: restoredEpoch !== null,
    losses,
  };
  const found = RULES.reduce<Verdict | null>((verdict, rule) => verdict ?? rule(facts), broken ?? unseen);
  return { ...(found ?? tooEarly(observation, epochs)), bestEpoch: best.epoch };
}

/** The epochs that the network as it is has seen: what came after its weights is forgotten. */
function judgedEpochs({ epochs, restoredEpoch }: Observation): readonly JudgedEpoch[] {
  return epochs.flatMap(({ epoch, trainSample, validation, confusion = null }) =>
    trainSample && validation && epoch <= (restoredEpoch ?? epoch)
      ? [{ epoch, trainSample, validation, confusion }]
      : [],
  );
}

/** Without validation images nothing can be said; and what test images say is not for choosing. */
function noValidation({ setup }: Observation): Verdict | null {
  const { recipe, dataset } = setup;
  const { many } = dataset.words.sample;
  if (recipe.validateOn === 'split' && isValidated(recipe)) return null;
  const sentence =
    recipe.validateOn === 'test'
      ? `the curve shows test ${many}, and acting on it would mean choosing by the test set. Set ${many} aside for validation.`
      : `no ${many} are set aside, so there is no way to see how the network does on new ones.`;
  return verdictOf('noValidation', setup, 'No verdict', sentence, [{ kind: 'validationSplit', share: 0.2 }]);
}

function tooEarly({ setup }: Observation, epochs: readonly JudgedEpoch[]): Verdict {
  const sentence =
    epochs.length === 0 ? 'the first epoch has not finished yet.' : 'a trend takes a few epochs to show.';
  return verdictOf('tooEarly', setup, 'Too early to tell', sentence, []);
}
