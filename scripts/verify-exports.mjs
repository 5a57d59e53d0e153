// `npm run verify-exports`: runs the programs that the app writes, as they are, in PyTorch and Keras, and compares what they
// do with what the app does: learning rates, initial weights, batches, losses, update rules, augmentation, early stopping; those
// of shared work in two processes.
// Then it opens the files of trained networks in PyTorch, Keras, ONNX Runtime and TensorFlow.js, compares their answers, and runs
// notebooks from top to bottom.
// The packages come from PyPI into .cache/exports, once; a Python 3.10 or newer with venv must be there.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { differences } from './exports/compare.mjs';
import { trainEpochs } from './exports/epoch.mjs';
import { problemsOf, SMALL, verifyFiles, writeTable } from './exports/files.mjs';
import { verifyNotebooks } from './exports/notebooks.mjs';
import { ensurePython } from './exports/python.mjs';
import { runPrograms } from './exports/run-programs.mjs';
import { load } from './setup/load.mjs';
import { readOptions } from './setup/options.mjs';
import { Problem, runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = `npm run verify-exports -- [options]
  --case TEXT        only cases whose name has this in it
  --tool torch,keras,files  in which tools; files: those of networks, in all that read them
  --parameters N     files of networks with at most so many parameters; 1,000,000 where it is left out
  --large            files of presets with more than a million parameters, too: minutes, and gigabytes of memory
  --table            write what came of all files into docs/exports.md
  --epoch            instead of all this: train presets for an epoch on the real data (minutes to hours without a GPU)
  --report F         write the numbers of passed and failed cases there
  --keep             keep the folder in which the programs ran`;
const OPTIONS = /** @type {const} */ ({
  case: { type: 'string', default: '' },
  tool: { type: 'string', default: 'torch,keras,files' },
  parameters: { type: 'string', default: String(SMALL) },
  large: { type: 'boolean', default: false },
  table: { type: 'boolean', default: false },
  epoch: { type: 'boolean', default: false },
  report: { type: 'string', default: '' },
  keep: { type: 'boolean', default: false },
});

await runCommand(async () => {
  const {
    case: part,
    tool: names,
    parameters: most,
    large,
    table,
    epoch,
    report,
    keep,
  } = readOptions(process.argv.slice(2), OPTIONS, USAGE);
  const python = await ensurePython(root);
  if (epoch) return trainEpochs({ root, python, wanted: (name) => name.includes(part) });
  /** @type {typeof import('./exports/prepare.mjs')} */
  const { prepareCases } = await load(root, 'scripts/exports/prepare.mjs');
  const prepared = prepareCases((name) => name.includes(part));
  /** @type {typeof import('./exports/opened.mjs')} */
  const { openedCases, sampleDifferences, writeFiles } = await load(root, 'scripts/exports/opened.mjs');
  const openedFiles = await openedCases((name) => name.includes(part));
  const folder = mkdtempSync(join(tmpdir(), 'fitting-room-exports-'));
  try {
    const tools = /** @type {const} */ (['torch', 'keras']).filter((tool) => names.split(',').includes(tool));
    const answerOf = await runPrograms({ root, python, folder, tools, prepared, openedFiles, write: writeFiles });
    const total = { passed: 0, failures: /** @type {string[]} */ ([]) };
    const opened = names.split(',').includes('files')
      ? await verifyFiles({
          root,
          python,
          wanted: (name, parameters) => name.includes(part) && (large || parameters <= Number(most)),
        })
      : [];
    if (prepared.length + openedFiles.length + opened.length === 0)
      throw new Problem(`No case has ${JSON.stringify(part)} in its name.`);
    if (table) writeTable(root, opened, { large, isPart: part !== '' });
    /** @param {string} name @param {readonly string[]} found what is not as it should be @param {string} [word] */
    const tell = (name, found, word = 'equal') => {
      const line = `${(found.length === 0 ? word : 'DIFFERENT').padEnd(9)}  ${name}  ${found.join('; ')}`.trim();
      console.log(line);
      if (found.length === 0) total.passed += 1;
      else total.failures.push(line);
    };
    for (const tool of tools) {
      for (const one of [...prepared, ...openedFiles]) {
        const { done, error } = answerOf(tool, one.name);
        const compare = () => ('fact' in one ? differences(one, tool, done) : sampleDifferences(one, done));
        tell(`${tool}  ${one.name}`, error === null ? compare() : error.trim().split('\n').slice(-1));
      }
    }
    for (const result of opened) tell(`files  ${result.name}`, problemsOf(result));
    const notebooks = part === '' && names.split(',').includes('files') ? await verifyNotebooks(root, python) : [];
    for (const { name, error } of notebooks) tell(`notebook  ${name}`, error === null ? [] : [error], 'runs');
    const failed = total.failures.length;
    if (report !== '') {
      const path = resolve(root, report);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ ...total, failed })}\n`);
    }
    process.exitCode = failed === 0 ? 0 : 1;
    console.log(`${total.passed} passed, ${failed} failed`);
  } finally {
    if (keep) console.log(folder);
    else rmSync(folder, { recursive: true });
  }
});
