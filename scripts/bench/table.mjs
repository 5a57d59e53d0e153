/**
 * A table for the screen: the first column flush left, numbers flush right.
 *
 * @param {readonly (readonly string[])[]} rows the first is the heading
 * @returns {string}
 */
export function renderTable(rows) {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    widths
      .map((width, column) => pad(row[column] ?? '', width, column))
      .join('  ')
      .trimEnd(),
  );
  return lines.toSpliced(1, 0, widths.map((width) => '-'.repeat(width)).join('  ')).join('\n');
}

/**
 * @param {string} text
 * @param {number} width
 * @param {number} column
 * @returns {string}
 */
function pad(text, width, column) {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/**
 * A number with about three digits; a dash where there is none.
 *
 * @param {number | undefined | null} value
 * @returns {string}
 */
export function figure(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return '-';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const HEADING = [
  'case',
  'batch',
  'engine',
  'ms/step',
  '±%',
  'images/s',
  'draws',
  'uploads',
  'reads',
  'first ms',
  'GPU MB',
  'GFLOP/s',
  '% of best',
  'speed-up',
];

/**
 * A case's rows in the table: an engine each.
 *
 * @param {import('./rounds.mjs').CaseReport} report
 * @returns {string[][]}
 */
export function rowsOf(report) {
  const name = [report.case, String(report.batch)];
  const rows = [
    [...name, 'stock', ...sideCells(report.stock)],
    [...name, 'ours', ...sideCells(report.ours), times(report.speedup)],
    ...(report.tape ? [[...name, 'tape', ...sideCells(report.tape)]] : []),
  ];
  if (!report.native) return rows;
  const { msPerStep, spread } = report.native;
  const imagesPerSecond = (report.batch / msPerStep) * 1000;
  return [...rows, [...name, 'native', figure(msPerStep), percent(spread), figure(imagesPerSecond)]];
}

/**
 * @param {import('./rounds.mjs').SideReport | null} side
 * @returns {string[]}
 */
function sideCells(side) {
  if (!side) return Array.from({ length: HEADING.length - 4 }, () => '-');
  return [
    figure(side.msPerStep),
    percent(side.spread),
    figure(side.imagesPerSecond),
    figure(side.drawsPerStep),
    figure(side.uploadsPerStep),
    figure(side.readbacksPerStep),
    figure(side.firstStepMs),
    figure(side.gpuBytes / 1e6),
    figure(side.gflops),
    percent(side.shareOfProduct),
  ];
}

/** @param {number} share */
function percent(share) {
  return Number.isNaN(share) ? '-' : (share * 100).toFixed(0);
}

/** @param {number | null} factor */
function times(factor) {
  return factor === null ? '-' : `${factor.toFixed(2)}x`;
}
