import type { AnswerChoice, ColumnSurvey, FeatureChoice } from '../../../core/dataset/table-reading.ts';

/**
 * weatherAUS.csv, the Australian weather of Kaggle's "Rain in Australia". It may not be shipped, but it is known by its columns
 * when it is opened.
 */

interface Way {
  readonly name: string;
  readonly note: string;
  readonly features: readonly FeatureChoice[];
}

interface Known {
  readonly answer: AnswerChoice;
  readonly ways: readonly [Way, Way];
}

const SIGNS = ['RainTomorrow', 'RainToday', 'Humidity3pm', 'Location'];

const UNITS: ReadonlyMap<string, string> = new Map([
  ['MinTemp', '°C'],
  ['MaxTemp', '°C'],
  ['Temp9am', '°C'],
  ['Temp3pm', '°C'],
  ['Rainfall', 'mm'],
  ['Evaporation', 'mm'],
  ['Sunshine', 'h'],
  ['WindGustSpeed', 'km/h'],
  ['WindSpeed9am', 'km/h'],
  ['WindSpeed3pm', 'km/h'],
  ['Humidity9am', '%'],
  ['Humidity3pm', '%'],
  ['Pressure9am', 'hPa'],
  ['Pressure3pm', 'hPa'],
  ['Cloud9am', 'eighths'],
  ['Cloud3pm', 'eighths'],
]);

/** Columns that say the answer, with the reason. */
const LEAKS: ReadonlyMap<string, string> = new Map([
  ['RISK_MM', 'It is how much rain the next day brought, so it gives the answer away.'],
]);

/** Why a column of this table may not be seen; undefined where it may, or the table is another one. */
export function leakIn(columns: readonly string[], name: string): string | undefined {
  return isWeatherAus(columns) ? LEAKS.get(name) : undefined;
}

function isWeatherAus(names: readonly string[]): boolean {
  return SIGNS.every((sign) => names.includes(sign));
}

/** How to read that table; null where it is another one. */
export function weatherAus(columns: readonly ColumnSurvey[]): Known | null {
  const names = columns.map(({ name }) => name);
  if (!isWeatherAus(names)) return null;
  const features = columns.flatMap((column, at): readonly FeatureChoice[] => {
    if (column.name === 'RainTomorrow' || column.objection !== null) return [];
    if (column.type !== 'number') return [{ as: 'category', column: at, most: 60, missing: 'frequent' }];
    return [{ as: 'number', column: at, unit: UNITS.get(column.name) ?? '', standardise: true, missing: 'mean' }];
  });
  const humidity = names.indexOf('Humidity3pm');
  return {
    answer: { column: names.indexOf('RainTomorrow'), threshold: null },
    ways: [
      { name: 'All columns', note: 'The weather of a day in Australia, and whether it rained on the next.', features },
      {
        name: 'Humidity3pm only, as Elvland 2023',
        note: 'The report predicts rain from the humidity at 3 pm alone.',
        features: [{ as: 'number', column: humidity, unit: '%', standardise: true, missing: 'drop' }],
      },
    ],
  };
}
