import { countWord } from '../text/count-words.ts';
import { countOf } from '../text/nouns.ts';
import { type DatasetSpec, type Noun, type Samples, type TableSamples, valueCountOf } from './spec.ts';

/** What a sample is made of: `24 rows of 20 pixels, one shade of gray each`, `12 numbers from 8 columns`. */
export function makeup(samples: Samples): string {
  if (samples.kind === 'table') return tableMakeup(samples);
  const { height, width, channels } = samples;
  return `${height} rows of ${width} pixels, ${PIXELS.get(channels) ?? `${countWord(channels)} values each`}`;
}

function tableMakeup(samples: TableSamples): string {
  const [values, columns] = [valueCountOf(samples), samples.fields.length];
  const numbers = countOf(values, { one: 'number', many: 'numbers' });
  if (values === columns) return values === 1 ? numbers : `${numbers}, one for each column`;
  return `${numbers} from ${countOf(columns, { one: 'column', many: 'columns' })}`;
}

/** What a pixel is, by its channels. */
const PIXELS: ReadonlyMap<number, string> = new Map([
  [1, 'one shade of gray each'],
  [3, 'a red, a green and a blue value each'],
]);

const CLASS: Noun = { one: 'class', many: 'classes' };

/** What sentences call a class: `digit` where the data set says so, `class` elsewhere. */
export function classNoun({ words }: DatasetSpec): Noun {
  return words.class ?? CLASS;
}

/** A word that says by itself that it is a kind. */
const SPECIES = 'species';

/** What classes tell apart: `kinds of digits` where the data set says so, `classes` elsewhere. `one`: `kind of digit`. */
export function kindNoun({ words }: DatasetSpec): Noun {
  if (words.class === undefined) return CLASS;
  if (words.class.one === SPECIES) return words.class;
  return { one: `kind of ${words.class.one}`, many: `kinds of ${words.class.many}` };
}

/** Samples that a shard has: training can start with the first one. */
const FIRST_SHARD = 1000;

/** The samples that have to be here before training can start: `1,000 images`. */
export function firstSamples({ splits, words }: DatasetSpec): string {
  return countOf(Math.min(FIRST_SHARD, splits.train), words.sample);
}

/** Why nothing can be trained while the data set is still empty, as a sentence. */
export function waitingText(dataset: DatasetSpec): string {
  return `Training can start once the first ${firstSamples(dataset)} have loaded.`;
}
