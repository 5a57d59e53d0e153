// `npm start`: from a fresh clone to the app at an address. Packages come in by import(), once they are installed.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkNode } from './setup/node-version.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { checkPort, parsePort } from './setup/port.mjs';
import { runCommand } from './setup/problem.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await runCommand(async () => {
  checkNode();
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'out-dir': { type: 'string' } } });
  const port = parsePort(values.port ?? (process.env['PORT'] || '4173'));
  await checkPort(port);
  ensurePackages(root);
  const { serveSite } = await import('./setup/site.mjs');
  console.log('Building the app ...');
  const { address } = await serveSite({ root, port, outDir: values['out-dir'] ?? 'dist' });
  console.log(`Fitting Room is at ${address} (Ctrl+C stops it).`);
});
