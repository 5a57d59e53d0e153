import type { IssueCode } from '../../../core/network/issue.ts';

/** What a layer of that title would lack, in a few words without a verb's subject: `needs an image`. */
const NEEDS: Partial<Record<IssueCode, string>> = {
  rank: 'needs an image',
  sequence: 'needs a sequence or an image',
  places: 'needs a sequence, such as patches',
  patches: 'does not divide the image',
  collapse: 'needs a larger image',
  reshape: 'needs a different number of values',
  clash: 'cannot have a stride and a dilation',
  'add-shapes': 'would add two different shapes',
  'concat-shapes': 'would join images of different sizes',
  'too-large': 'would be too large for a tab',
  reference: 'must stay below the layer that it uses',
  unused: 'would lead nowhere',
};

/** Why a layer does not fit somewhere, in one short line. */
export function needsOf(code: IssueCode): string {
  return NEEDS[code] ?? 'does not fit';
}
