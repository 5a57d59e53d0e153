import { fileOfNpm } from './packages.mjs';
import { tableSource } from './table.mjs';

/** The least precipitation of a day of rain, in mm, as weatherAUS.csv has it. */
const RAIN = 1;

const NAMES = ['Precipitation', 'Highest temperature', 'Lowest temperature', 'Wind', 'Weather', 'Rain tomorrow'];

/**
 * Days in Seattle from 2012 to 2015 as NOAA measured them, with the answer from the day after: rain where it brought 1 mm or
 * more. The last day has no answer.
 */
export function weather() {
  const text = fileOfNpm(
    'vega-datasets@3.2.1',
    'data/weather.csv',
    '27219f1ca8dbd94c9b6f4b9f4f52ab2f1eb33dfdcf719cd9fc6481ed50b74549',
  ).toString('utf8');
  const days = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
    .filter(([place]) => place === 'Seattle');
  const cells = days.slice(0, -1).map((day, i) => {
    const [, , ...measured] = day;
    return [...measured, Number(days[i + 1]?.[2]) >= RAIN ? 'rain' : 'dry'];
  });
  /** @param {number} column @param {string} unit */
  const number = (column, unit) => ({
    as: /** @type {const} */ ('number'),
    column,
    unit,
    standardise: true,
    missing: /** @type {const} */ ('mean'),
  });
  return tableSource({
    id: 'weather',
    names: NAMES,
    cells,
    features: [
      number(0, 'mm'),
      number(1, '°C'),
      number(2, '°C'),
      number(3, 'm/s'),
      { as: 'category', column: 4, most: 30, missing: 'frequent' },
    ],
  });
}
