import { networkText, parseNetwork } from '../core/network/network-text.ts';
import { parseRecipe } from '../core/training/recipe-parse.ts';
import type { Draft } from './draft.ts';

/** A draft as text, to be kept from one visit to the next. */
export function draftText({ network, recipe, presetId }: Draft): string {
  return JSON.stringify({ network: networkText(network), recipe, presetId });
}

/** The draft that a text stands for; null where it is none, as after somebody else wrote there. */
export function parseDraft(text: string): Draft | null {
  const fields = fieldsOf(text);
  const [network, presetId] = [fields.get('network'), fields.get('presetId')];
  if (typeof network !== 'string' || typeof presetId !== 'string') return null;
  const reading = parseNetwork(network);
  if ('problems' in reading) return null;
  return { network: reading.network, recipe: parseRecipe(fields.get('recipe')), presetId, change: 'open the page' };
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
