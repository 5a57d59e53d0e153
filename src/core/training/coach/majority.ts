import { at } from '../../at.ts';
import { classCountOf, classNameOf } from '../../dataset/spec.ts';
import { type Confusion, sum } from '../../evaluation/metrics.ts';
import { percentText } from '../../text/number-text.ts';
import type { CoachFix } from './fixes.ts';
import { chanceAccuracy, type JudgedEpoch } from './measures.ts';
import { type Observation, type Verdict, verdictOf } from './verdict.ts';

type Setup = Observation['setup'];

/** A difference of so many standard deviations is more than chance. */
const SURE = 2;

/** A network that finds this share of what the most frequent class leaves to find has learned something, however few the samples. */
const SKILL = 0.5;

/** The most frequent class of a validation set, and how a network does beside always answering it. */
interface Majority {
  readonly name: string;
  /** Its share of the samples: the accuracy of always answering it. */
  readonly share: number;
  /** `same`: the network does just that. `worse` counts being equal. */
  readonly result: 'same' | 'worse' | 'hardlyBetter' | 'better';
}

/**
 * The two answer differently only where the network names another class: it then gains the samples that are of the class it
 * names, and loses those of the most frequent one. McNemar's test (1947) says whether it gains more than chance explains. Null
 * where no class is more frequent than chance makes it, or where the answers are not known.
 */
function majorityOf({ dataset }: Setup, confusion: Confusion | null | undefined): Majority | null {
  if (!confusion) return null;
  const counts = confusion.map(sum);
  const [total, most] = [sum(counts), Math.max(...counts)];
  const label = counts.indexOf(most);
  if (!(most / total > chanceAccuracy(total, classCountOf(dataset)))) return null;
  const lost = most - at(at(confusion, label), label);
  const gained = sum(confusion.map((row, c) => (c === label ? 0 : at(row, c))));
  const isSame = confusion.every((row) => at(row, label) === sum(row));
  const isSure = gained - lost > SURE * Math.sqrt(gained + lost) || gained - lost >= SKILL * (total - most);
  const result = isSame ? 'same' : gained <= lost ? 'worse' : isSure ? 'better' : 'hardlyBetter';
  return { name: `“${classNameOf(dataset, label)}”`, share: most / total, result };
}

/** A sentence, with a space before it, where a network is no better than always giving the most frequent answer; empty else. */
export function majorityRemark(setup: Setup, { confusion }: JudgedEpoch): string {
  const majority = majorityOf(setup, confusion);
  if (majority === null || majority.result === 'better' || isWeighted(setup)) return '';
  const { name, share, result } = majority;
  return ` That is ${result === 'hardlyBetter' ? 'hardly' : 'no'} better than always answering ${name}: ${percentText(share)}.`;
}

/**
 * On classes of different size a network can be right often without having learned anything. Null where it has, or where class
 * weights made it give up accuracy for the rare classes. `stands`: whether training has stopped improving.
 */
export function noBetterThanMajority(
  setup: Setup,
  { trainSample, validation, confusion }: JudgedEpoch,
  stands: boolean,
): Verdict | null {
  const majority = majorityOf(setup, confusion);
  if (majority === null || majority.result === 'better') return null;
  const { name, share, result } = majority;
  if (result !== 'same' && isWeighted(setup)) return null;
  const { recipe, dataset } = setup;
  const { sample, subject } = dataset.words;
  const how = result === 'hardlyBetter' ? 'Hardly' : 'No';
  const accuracies = `training sample ${percentText(trainSample.accuracy)}, validation ${percentText(validation.accuracy)}`;
  const why =
    result === 'same'
      ? `Every ${subject.one} gets the answer ${name}, which is right for ${percentText(share)} of the validation ${sample.many} because so many are of that class`
      : `Always answering ${name} is right for ${percentText(share)} of the validation ${sample.many}${result === 'hardlyBetter' ? ', and the difference may be chance' : ''}`;
  const sentence = `${accuracies}. ${why}. Class weights make rare classes count more; a larger network or more epochs may find what sets them apart.`;
  const longer: CoachFix = { kind: 'epochs', epochs: Math.min(1000, 2 * recipe.epochs) };
  const weights: CoachFix = { kind: 'classWeights' };
  const larger: CoachFix = { kind: 'networkSize', factor: 2 };
  return verdictOf(
    'majority',
    setup,
    `${how} better than always ${name}`,
    sentence,
    stands ? [weights, larger, longer] : [longer, weights, larger],
  );
}

function isWeighted({ recipe }: Setup): boolean {
  return recipe.classWeights !== 'none';
}
