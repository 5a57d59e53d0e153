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
        least: 33.1,
        most: 59.6,
        standardised: { mean: 43.80695970695972, deviation: 5.304851872953747 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Beak depth',
        unit: 'mm',
        least: 13.1,
        most: 21.5,
        standardised: { mean: 17.154945054945063, deviation: 2.0090963691232595 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Flipper length',
        unit: 'mm',
        least: 172,
        most: 231,
        standardised: { mean: 200.69230769230768, deviation: 13.914989657394598 },
        fill: null,
      },
      {
        kind: 'number',
        name: 'Body mass',
        unit: 'g',
        least: 2700,
        most: 6300,
        standardised: { mean: 4204.212454212454, deviation: 791.9470041785056 },
        fill: null,
      },
      { kind: 'category', name: 'Sex', categories: ['female', 'male'], fill: 'female' },
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
