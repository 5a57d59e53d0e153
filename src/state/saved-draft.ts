import type { DatasetSpec } from '../core/dataset/spec.ts';
import { networkText, parseNetwork } from '../core/network/network-text.ts';
import { parseRecipe } from '../core/training/recipe-parse.ts';
import type { Draft } from './draft.ts';

/** A draft as text, to be kept from one visit to the next. */
export function draftText({ dataset, network, recipe, presetId }: Draft): string {
  return JSON.stringify({ dataset: dataset.id, network: networkText(network), recipe, presetId });
}

/**
 * The draft for a data set that a text stands for; null where it is none, as after somebody else wrote there, or one for another
 * data set. Texts from before there were several name none.
 */
export function parseDraft(text: string, dataset: DatasetSpec): Draft | null {
  const fields = fieldsOf(text);
  if ((fields.get('dataset') ?? dataset.id) !== dataset.id) return null;
  const [network, presetId] = [fields.get('network'), fields.get('presetId')];
  if (typeof network !== 'string' || typeof presetId !== 'string') return null;
  const reading = parseNetwork(network);
  if ('problems' in reading) return null;
  const recipe = parseRecipe(fields.get('recipe'), dataset);
  return { dataset, network: reading.network, recipe, presetId, change: 'open the page' };
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
