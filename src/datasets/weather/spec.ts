import type { DatasetSpec } from '../../core/dataset/spec.ts';

/** Days in Seattle, and whether it rained on the day after. `npm run data -- weather` makes it and checks these numbers. */
export const WEATHER: DatasetSpec = {
  id: 'weather',
  title: 'Seattle weather',
  samples: {
    kind: 'table',
    fields: [
      {
        kind: 'number',
        name: 'Precipitation',
        unit: 'mm',
        least: 0,
        most: 55.9,
        standardised: { mean: 3.10017123287672, deviation: 6.838327469010121 },
        fill: 3.10017123287672,
      },
      {
        kind: 'number',
        name: 'Highest temperature',
        unit: '°C',
        least: -1.1,
        most: 35.6,
        standardised: { mean: 16.449229452054766, deviation: 7.370000006186386 },
        fill: 16.449229452054766,
      },
      {
        kind: 'number',
        name: 'Lowest temperature',
        unit: '°C',
        least: -7.1,
        most: 18.3,
        standardised: { mean: 8.182448630136989, deviation: 5.007066085546747 },
        fill: 8.182448630136989,
      },
      {
        kind: 'number',
        name: 'Wind',
        unit: 'm/s',
        least: 0.5,
        most: 9.5,
        standardised: { mean: 3.250770547945204, deviation: 1.435460675693119 },
        fill: 3.250770547945204,
      },
      { kind: 'category', name: 'Weather', categories: ['drizzle', 'fog', 'rain', 'snow', 'sun'], fill: 'rain' },
    ],
    answer: 'Rain tomorrow',
    storage: 'float32',
    scale: 1,
  },
  classes: ['dry', 'rain'],
  splits: { train: 1168, test: 292 },
  words: { sample: { one: 'row', many: 'rows' }, subject: { one: 'day', many: 'days' } },
  licence: { name: 'Public domain, a work of the US government', holder: 'NOAA' },
  citation:
    'Daily summaries of Seattle, 2012 to 2015, NOAA National Centers for Environmental Information, as in weather.csv of vega-datasets 3.2.1.',
  library: null,
  capabilities: [],
};
