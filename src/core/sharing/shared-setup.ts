import { type DatasetSpec, inputShapeOf } from '../dataset/spec.ts';
import type { Network } from '../network/network.ts';
import { networkText, parseNetwork } from '../network/network-text.ts';
import { type Shape, sameShape } from '../network/shape.ts';
import { parseRecipe } from '../training/recipe-parse.ts';
import { recipeProblems } from '../training/recipe-problems.ts';
import type { Setup } from '../training/setup.ts';
import { entriesOfJson, outsideJson } from './outside-json.ts';

/** The version of the text. A text of a later one is refused. */
const VERSION = 1;

/** How many characters a text may have; a longer one is not read. */
const MAX_SHARED_CHARACTERS = 200_000;

/** Which data set a network is for, told to somebody who may not have it. */
export interface DatasetName {
  readonly id: string;
  readonly title: string;
  /** The shape of a sample. */
  readonly input: Shape;
  readonly classes: number;
}

/** A network and a recipe that somebody sends, and where to look at them. */
export interface SharedSetup {
  readonly dataset: DatasetName;
  readonly network: Network;
  /** As it was sent: it becomes a recipe once its data set is known. */
  readonly recipe: unknown;
  /** The preset that they began as. */
  readonly presetId: string;
  /** The tab of the results that was open; an empty text for none. */
  readonly tab: string;
}

/** What a text says, or why it cannot be used, as a sentence. */
export type SharedReading = { readonly shared: SharedSetup } | { readonly problem: string };

/** A data set, a network and a recipe as text. */
export function sharedText({ dataset, network, recipe }: Setup, presetId: string, tab: string): string {
  const { id, title, classes } = dataset;
  const data: DatasetName = { id, title, input: inputShapeOf(dataset), classes: classes.length };
  return JSON.stringify({ version: VERSION, data, network: networkText(network), recipe, preset: presetId, tab });
}

/** Reads what `sharedText` writes. Takes nothing that the app could not have written. */
export function readShared(text: string): SharedReading {
  const given = entriesOfJson(text.length > MAX_SHARED_CHARACTERS ? null : outsideJson(text));
  const version = given.get('version');
  if (typeof version === 'number' && version > VERSION) return { problem: NEWER };
  const dataset = datasetNameOf(given.get('data'));
  const [network, presetId, tab] = [given.get('network'), given.get('preset'), given.get('tab')];
  if (version !== VERSION || dataset === null || typeof network !== 'string') return { problem: DAMAGED };
  if (!isName(presetId) || !isName(tab)) return { problem: DAMAGED };
  const reading = parseNetwork(network);
  if ('problems' in reading) return { problem: `${DAMAGED} ${reading.problems[0] ?? ''}`.trimEnd() };
  return { shared: { dataset, network: reading.network, recipe: given.get('recipe'), presetId, tab } };
}

/** Whether a data set is the one that a network was sent for. */
export function isFor({ dataset: { id, input, classes } }: SharedSetup, spec: DatasetSpec): boolean {
  return spec.id === id && sameShape(inputShapeOf(spec), input) && spec.classes.length === classes;
}

/** What was sent, for the data set that it was sent for; or why its recipe cannot be used, as a sentence. */
export function setupOf(
  { network, recipe: given }: SharedSetup,
  dataset: DatasetSpec,
): { readonly setup: Setup } | { readonly problem: string } {
  const recipe = parseRecipe(given, dataset);
  const [problem] = Object.values(recipeProblems(recipe, dataset));
  return problem === undefined ? { setup: { dataset, network, recipe } } : { problem: `${DAMAGED} ${problem}` };
}

/** What is said of a link that cannot be read. */
export const DAMAGED = 'This link is damaged: part of it is missing or was changed. Ask for it again.';

const NEWER =
  'This link was made by a newer version of Fitting Room. Reload the page to get that version, then open it again.';

/** A name as the app gives them: what it is compared with, never shown. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]{0,80}$/.test(value);
}

function datasetNameOf(value: unknown): DatasetName | null {
  const given = entriesOfJson(value);
  const [id, title, input, classes] = [given.get('id'), given.get('title'), given.get('input'), given.get('classes')];
  if (!isName(id) || typeof title !== 'string' || title.length > 200 || !isCount(classes)) return null;
  if (!Array.isArray(input) || input.length === 0 || input.length > 3 || !input.every(isCount)) return null;
  return { id, title, input, classes };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value < 1e9;
}
