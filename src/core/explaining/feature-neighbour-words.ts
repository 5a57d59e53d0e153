import { classNameOf, type DatasetSpec } from '../dataset/spec.ts';
import { numberText } from '../text/number-text.ts';
import type { Answerer } from './feature-neighbours.ts';
import { CANDIDATES, MOST_KEPT } from './fold.ts';
import type { HiddenLayer } from './hidden-layer.ts';

/** An image with its neighbours in two spaces, as labels. */
export interface TwoRows {
  readonly dataset: DatasetSpec;
  /** The image's true class. */
  readonly label: number;
  /** What the network whose values these are took it for; null where that is not known. */
  readonly predicted: number | null;
  /** Classes of the training images nearest pixel by pixel. */
  readonly pixelLabels: readonly number[];
  /** Classes of those nearest by the last hidden layer: at least one. */
  readonly hiddenLabels: readonly number[];
  /** Images that are in both rows. */
  readonly shared: number;
}

/** What the neighbours by the hidden layer say of a network: why it was right, or why it made its mistake. */
export function neighbourVerdict(rows: TwoRows): string {
  const { label, predicted } = rows;
  const why = predicted === null || predicted === label ? hitWords(rows) : mistakeWords(rows, predicted);
  return `${why} ${sharedWords(rows)}`;
}

function hitWords({ dataset, label, hiddenLabels, pixelLabels }: TwoRows): string {
  const name = classNameOf(dataset, label);
  const own = among(hiddenLabels, label);
  const ownByPixels = among(pixelLabels, label);
  const found = `${share(own, hiddenLabels)} labelled ${name}`;
  const { one } = dataset.words.sample;
  if (own < hiddenLabels.length) {
    return `${found}, as this ${one} is: the network cannot be certain about it.`;
  }
  if (ownByPixels === pixelLabels.length)
    return `${found}, and so are all those above: this ${one} is easy to recognise.`;
  return `${found}, and ${ownByPixels === 0 ? 'none' : `only ${ownByPixels}`} of those above: the network has learned what sets ${name} apart.`;
}

function mistakeWords({ dataset, label, hiddenLabels, pixelLabels }: TwoRows, predicted: number): string {
  const [name, taken] = [classNameOf(dataset, label), classNameOf(dataset, predicted)];
  const [own, wrong] = [among(hiddenLabels, label), among(hiddenLabels, predicted)];
  if (wrong === 0 && own === 0) {
    return `None of these is labelled ${name} or ${taken}: the network finds this ${dataset.words.sample.one} similar to neither.`;
  }
  if (own > wrong) {
    return `${share(own, hiddenLabels)} labelled ${name}, as this ${dataset.words.sample.one} is: the mistake lies in the last layer, which took it for ${taken}.`;
  }
  const found = `${share(wrong, hiddenLabels)} labelled ${taken}`;
  const { kind } = makeupWords(dataset);
  const it = dataset.samples.kind === 'image' ? name : dataset.words.sample.one;
  const above = among(pixelLabels, predicted);
  if (2 * above > pixelLabels.length) {
    const those = above === pixelLabels.length ? 'all those' : `${above} of those`;
    return `${found}, and so are ${those} above: this ${it} looks like them ${kind} by ${kind}, too, so the mistake is easy to make.`;
  }
  return `${found}, and ${above === 0 ? 'none' : `only ${above}`} of those above: the network finds this ${it} more like them than the ${kind}s do, hence its mistake.`;
}

function share(some: number, { length }: readonly number[]): string {
  if (some === 0) return 'None of these is';
  if (some === length) return `All ${length} are`;
  return `${some} of these ${length} ${some === 1 ? 'is' : 'are'}`;
}

function sharedWords({ dataset, shared, hiddenLabels }: TwoRows): string {
  const { many, one } = dataset.words.sample;
  const { kind, places, alike } = makeupWords(dataset);
  if (shared === hiddenLabels.length) return `Both ${places} show the same ${many}.`;
  const count = shared === 0 ? `No ${one} is` : `${shared} ${shared === 1 ? `${one} is` : `${many} are`}`;
  return `${count} in both ${places}: ${many} that ${alike} ${kind} by ${kind} are not always alike to a network.`;
}

/** What samples are compared by, and how they stand beside each other. */
function makeupWords({ samples }: DatasetSpec) {
  return samples.kind === 'image'
    ? { kind: 'pixel', places: 'rows', alike: 'look alike' }
    : { kind: 'value', places: 'lists', alike: 'are alike' };
}

function among(labels: readonly number[], label: number): number {
  return labels.filter((other) => other === label).length;
}

/** By what, and by whom, images were found alike. `searched`: training images that were compared. */
export function neighbourSource(layer: HiddenLayer, by: Answerer, searched: number, dataset: DatasetSpec): string {
  const values = `By the ${numberText(layer.width)} values of ${layer.name}, the last hidden layer of ${answererName(by)}.`;
  const rough =
    layer.width > MOST_KEPT
      ? ` ${MOST_KEPT} sums of them choose ${CANDIDATES} candidates, and all of them put these in order.`
      : '';
  const isPart = searched < dataset.splits.train;
  const some = isPart ? ` Among the ${numberText(searched)} training ${dataset.words.sample.many} loaded so far.` : '';
  return values + rough + some;
}

/** A network and how far it was trained, as part of a sentence. */
export function answererName({ run, step }: Answerer): string {
  if (run === 'shipped') return 'the network trained in advance';
  return `run ${run} at step ${numberText(step)}`;
}
