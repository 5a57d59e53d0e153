// Asks the network that ships with the app about sixty drawings as people make them, through the app's own pipeline:
// `npm run sketches`. tests/engine/sketches.test.ts holds the network to what it reaches.
import { fileURLToPath } from 'node:url';
import { renderTable } from './bench/table.mjs';
import { runCommand } from './setup/problem.mjs';
import { withWorkerPage } from './setup/worker-page.mjs';
import { scoreOfSketches } from './sketches/score.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  const { rows, total } = await withWorkerPage({ root, outDir: '.cache/sketches' }, (page, place) =>
    scoreOfSketches(root, page, place),
  );
  const heading = ['class', 'drawings', 'first', 'in the first two', 'taken for'];
  const cells = rows.map(({ name, drawings, first, topTwo, answers }) =>
    [name, drawings, first, topTwo, answers.join(', ')].map(String),
  );
  console.log(renderTable([heading, ...cells]));
  console.log(
    `\nOf ${total.drawings} drawings, ${total.first} have their class first and ${total.topTwo} in the first two.`,
  );
});
