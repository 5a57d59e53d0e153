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
        standardised: { mean: 3.051455479452058, deviation: 6.821825967101094 },
        fill: 3.051455479452058,
      },
      {
        kind: 'number',
        name: 'Highest temperature',
        unit: '°C',
        least: -1.6,
        most: 35.6,
        standardised: { mean: 16.343493150684928, deviation: 7.251499050736327 },
        fill: 16.343493150684928,
      },
      {
        kind: 'number',
        name: 'Lowest temperature',
        unit: '°C',
        least: -6.6,
        most: 18.3,
        standardised: { mean: 8.202910958904113, deviation: 4.975979123614474 },
        fill: 8.202910958904113,
      },
      {
        kind: 'number',
        name: 'Wind',
        unit: 'm/s',
        least: 0.4,
        most: 9.5,
        standardised: { mean: 3.226797945205479, deviation: 1.4390919488538791 },
        fill: 3.226797945205479,
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
