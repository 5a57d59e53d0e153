/** @typedef {import('../../src/core/network/presets/preset.ts').Preset} Preset */
/** @typedef {import('./page.mjs').Outcome} Outcome */

const HEAD = `# The reports, repeated

What the presets of the app reach with their recipes as they stand, each trained once by the app's own worker, beside what the
reports say. Written by \`npm run reports\`; \`npm run reports -- ciutacu-cnn\` trains one of them again. Accuracies are
of the last epoch: "training" on a sample of the training images without dropout, "validation" on the share of the 60,000 that is
held back, "test" on all 10,000 test images. The seed is the recipe's, so the same device gives the same figures again.
`;

/**
 * The document of all outcomes so far.
 *
 * @param {readonly Preset[]} presets in the order of the table
 * @param {Readonly<Record<string, Outcome>>} outcomes by the presets' ids
 * @returns {string} Markdown
 */
export function documentOf(presets, outcomes) {
  const rows = presets.flatMap((preset) => {
    const outcome = outcomes[preset.id];
    return outcome === undefined ? [] : [cellsOf(preset, outcome)];
  });
  const heads = [
    'Preset',
    'Test, in the report',
    'Test, here',
    'Test loss',
    'Validation',
    'Training',
    'Epochs',
    'Minutes',
  ];
  const lines = [heads, ['---', ...heads.slice(1).map(() => '---:')], ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  const devices = [...new Set(Object.values(outcomes).map(({ device }) => device))].join('; ');
  return `${HEAD}\n${lines.join('\n')}\n\nTrained by: ${devices}.\n`;
}

/**
 * @param {Preset} preset
 * @param {Outcome} outcome
 */
function cellsOf({ title, reported }, outcome) {
  const { testAccuracy, testLoss, validationAccuracy, trainAccuracy, epochs, seconds } = outcome;
  return [
    title,
    percent(reported.testAccuracy),
    percent(testAccuracy),
    testLoss.toFixed(3),
    percent(validationAccuracy),
    percent(trainAccuracy),
    String(epochs),
    (seconds / 60).toFixed(1),
  ];
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? '–' : `${(share * 100).toFixed(2)} %`;
}
