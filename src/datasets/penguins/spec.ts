import type { DatasetSpec } from '../../core/dataset/spec.ts';

/** Penguins of the Palmer Archipelago. `npm run data -- penguins` makes it and checks these numbers. */
export const PENGUINS: DatasetSpec = {
  id: 'penguins',
  title: 'Palmer penguins',
  samples: {
    kind: 'table',
    fields: [
      { kind: 'category', name: 'Island', categories: ['Biscoe', 'Dream', 'Torgersen'], fill: 'Biscoe' },
      {
        kind: 'number',
        name: 'Beak length',
        unit: 'mm',
        least: 32.1,
        most: 58,
        standardised: { mean: 43.82967032967034, deviation: 5.379281128467173 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Beak depth',
        unit: 'mm',
        least: 13.1,
        most: 21.5,
        standardised: { mean: 17.164468864468862, deviation: 2.0284653322997492 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Flipper length',
        unit: 'mm',
        least: 172,
        most: 231,
        standardised: { mean: 200.58608058608058, deviation: 13.957579256594915 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Body mass',
        unit: 'g',
        least: 2700,
        most: 6000,
        standardised: { mean: 4189.56043956044, deviation: 793.4922977363043 },
        fill: null,
      },
      { kind: 'category', name: 'Sex', categories: ['female', 'male'], fill: 'male' },
    ],
    answer: 'Species',
    storage: 'float32',
    scale: 1,
  },
  classes: ['Adelie', 'Chinstrap', 'Gentoo'],
  splits: { train: 273, test: 69 },
  words: {
    sample: { one: 'row', many: 'rows' },
    subject: { one: 'penguin', many: 'penguins' },
    class: { one: 'species', many: 'species' },
  },
  licence: { name: 'CC0 1.0', holder: 'Kristen Gorman and the Palmer Station Antarctica LTER' },
  citation:
    'Kristen B. Gorman, Tony D. Williams, William R. Fraser: Ecological Sexual Dimorphism and Environmental Variability within a Community of Antarctic Penguins. PLoS ONE 9(3), 2014; penguins.json of vega-datasets 3.2.1.',
  library: null,
  capabilities: [],
};
