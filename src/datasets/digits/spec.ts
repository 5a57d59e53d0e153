import type { DatasetSpec } from '../../core/dataset/spec.ts';

/** Handwritten digits of 43 people, as scikit-learn ships them. `npm run data -- digits` makes it. */
export const DIGITS: DatasetSpec = {
  id: 'digits',
  title: 'Handwritten digits',
  samples: { kind: 'image', height: 8, width: 8, channels: 1, storage: 'uint8', scale: 255 },
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  splits: { train: 1437, test: 360 },
  words: {
    sample: { one: 'image', many: 'images' },
    subject: { one: 'digit', many: 'digits' },
    class: { one: 'digit', many: 'digits' },
  },
  licence: { name: 'CC BY 4.0', holder: 'Ethem Alpaydin and Cenk Kaynak' },
  citation:
    'Ethem Alpaydin, Cenk Kaynak: Optical Recognition of Handwritten Digits. UCI Machine Learning Repository, 1998, doi.org/10.24432/C50P49; the copy in scikit-learn 1.9.1.',
  library: null,
  capabilities: ['drawing'],
};
