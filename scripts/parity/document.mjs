import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { circumstancesText } from '../setup/circumstances.mjs';
import { FIXED_LIMIT, scientific, TIMES_TORCH } from './verdicts.mjs';

/**
 * Writes docs/parity.md.
 * @param {string} root the project's folder
 * @param {string} table
 * @param {{ about: import('../setup/circumstances.mjs').Circumstances, devices: readonly string[], version: string }} measured `version`: of PyTorch
 */
export function writeDocument(root, table, { about, devices, version }) {
  writeFileSync(
    join(root, 'docs/parity.md'),
    `# Losses beside PyTorch

\`npm run parity -- --table\` trains the same networks from the same weights on the same batches of 16 images for 100 steps with every
backend of the app and with PyTorch ${version}, by the programs that the app exports, and writes this table: how far the losses of the
steps are at most from those of PyTorch in float64. Beside it stands how far PyTorch itself is in float32.

A limit of ${scientific(FIXED_LIMIT)} is the same for everybody. Where it is larger, it is ${TIMES_TORCH} times PyTorch's own distance: in a deep network with
ReLUs an input within a millionth of zero decides which weights are moved, and Adam makes a whole step of the smallest gradient. So the
distance of one training is a matter of chance there, PyTorch's as well as ours: what is compared is the median of several seeds (in
brackets the least and the greatest distance), at the learning rates of the presets. After a hundred steps all are about as far from
each other as two trainings can be, and only a coarse error would show: the first steps alone, before that, are a row of their own.

\`(tape)\`: the steps are not recorded there, but go by TensorFlow.js' tape. Dropout and augmentation are left out: everybody draws at
random in another way. Of averaged weights the loss of 256 images after the last step is compared, too. Without a GPU WebGPU takes seconds
for a step of a large network, and trains it for the first steps only; JavaScript trains the small networks only.
What has not been trained is left empty; \`npm run parity\` goes on where it was.

${table}

Measured on ${circumstancesText(about)}. Computed by ${[...new Set(devices)].join('; ')}.
`,
  );
}
