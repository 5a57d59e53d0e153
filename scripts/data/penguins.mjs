import { fileOfNpm } from './packages.mjs';
import { tableSource } from './table.mjs';

/** The columns as the table of the app has them, with their names in the file and their units. */
const COLUMNS = [
  { name: 'Island', from: 'Island', unit: null },
  { name: 'Beak length', from: 'Beak Length (mm)', unit: 'mm' },
  { name: 'Beak depth', from: 'Beak Depth (mm)', unit: 'mm' },
  { name: 'Flipper length', from: 'Flipper Length (mm)', unit: 'mm' },
  { name: 'Body mass', from: 'Body Mass (g)', unit: 'g' },
  { name: 'Sex', from: 'Sex', unit: null },
  { name: 'Species', from: 'Species', unit: null },
];

/** Penguins of the Palmer Archipelago. Two that were not measured are dropped; a missing sex is filled. */
export function penguins() {
  const bytes = fileOfNpm(
    'vega-datasets@3.2.1',
    'data/penguins.json',
    '0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917',
  );
  /** @type {Record<string, string | number | null>[]} */
  const rows = JSON.parse(bytes.toString('utf8'));
  const cells = rows.map((row) => COLUMNS.map(({ name, from }) => cellOf(name, row[from] ?? '')));
  return tableSource({
    id: 'penguins',
    names: COLUMNS.map(({ name }) => name),
    cells,
    features: COLUMNS.slice(0, -1).map(({ unit }, column) =>
      unit === null
        ? { as: 'category', column, most: 30, missing: 'frequent' }
        : { as: 'number', column, unit, standardise: true, missing: 'drop' },
    ),
  });
}

/** @param {string} name @param {string | number} cell */
function cellOf(name, cell) {
  const text = String(cell);
  return name === 'Sex' ? text.toLowerCase() : text;
}
