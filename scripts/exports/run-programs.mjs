import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../setup/port.mjs';
import { smallDatasets, writeDataset } from './datasets.mjs';
import { runPython } from './python.mjs';

/** @typedef {import('./prepare.mjs').Prepared} Prepared */
/** @typedef {import('./prepare.mjs').Tool} Tool */
/** @typedef {import('./opened.mjs').OpenedCase} OpenedCase */
/** @typedef {{ done: any, error: string | null }} Answer `done`: as run.py writes it */

/**
 * Runs the programs of cases, those of shared work in two processes.
 * @param {object} options
 * @param {string} options.root the project's folder
 * @param {string} options.python
 * @param {string} options.folder where they run
 * @param {readonly Tool[]} options.tools
 * @param {readonly Prepared[]} options.prepared
 * @param {readonly OpenedCase[]} options.openedFiles
 * @param {(folder: string, files: Readonly<Record<string, Uint8Array>>) => void} options.write what programs find beside them
 * @returns {Promise<(tool: Tool, name: string) => Answer>} what a program did, by the name of its case
 */
export async function runPrograms({ root, python, folder, tools, prepared, openedFiles, write }) {
  const script = join(root, 'scripts/exports/run.py');
  const alone = place(join(folder, 'alone'), [...prepared.filter(({ isShared }) => !isShared), ...openedFiles]);
  const together = place(
    join(folder, 'together'),
    prepared.filter(({ isShared }) => isShared),
  );
  for (const { files, isShared } of [...prepared, ...openedFiles.map(({ files }) => ({ files, isShared: false }))]) {
    const place = isShared ? together : alone;
    if (place !== null) write(place, files);
  }
  await Promise.all(
    tools.map(async (tool) => {
      if (alone !== null) await runPython(python, [script, tool, alone]);
      if (together !== null) await STARTERS[tool](python, [script, tool, together]);
    }),
  );
  const answersIn = (/** @type {string | null} */ place, /** @type {Tool} */ tool) =>
    place === null ? {} : JSON.parse(readFileSync(join(place, `${tool}.json`), 'utf8'));
  /** @type {Record<string, Record<string, Answer>>} */
  const answers = Object.fromEntries(
    tools.map((tool) => [tool, { ...answersIn(alone, tool), ...answersIn(together, tool) }]),
  );
  return (tool, name) => answers[tool]?.[name] ?? { done: null, error: 'It was not run.' };
}

/**
 * Puts cases into a folder, beside the small data sets; null where there are none.
 * @param {string} folder
 * @param {readonly { given: object }[]} cases
 */
function place(folder, cases) {
  if (cases.length === 0) return null;
  mkdirSync(folder);
  for (const data of Object.values(smallDatasets())) writeDataset(folder, data);
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases.map(({ given }) => given)));
  return folder;
}

/** The longest that two processes may take: they could wait for each other. */
const MOST_MINUTES = 10;

/** How two processes are started that share the work of a tool. */
/** @type {Readonly<Record<Tool, (python: string, args: string[]) => Promise<unknown>>>} */
const STARTERS = {
  torch: (python, args) =>
    runPython(python, ['-m', 'torch.distributed.run', '--standalone', '--nproc-per-node=2', ...args], {
      minutes: MOST_MINUTES,
    }),
  keras: async (python, args) => {
    const address = `localhost:${await freePort()}`;
    const processes = ['0', '1'].map((id) =>
      runPython(python, args, {
        minutes: MOST_MINUTES,
        env: {
          KERAS_DISTRIBUTION_JOB_ADDRESSES: address,
          KERAS_DISTRIBUTION_NUM_PROCESSES: '2',
          KERAS_DISTRIBUTION_PROCESS_ID: id,
        },
      }),
    );
    return Promise.all(processes);
  },
};
