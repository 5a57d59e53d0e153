import { relative, resolve } from 'node:path';
import { cwd, env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildDataset } from './dataset.mjs';
import { descriptionFrom } from './description.mjs';
import { digits } from './digits.mjs';
import { fashionMnist } from './fashion-mnist.mjs';
import { penguins } from './penguins.mjs';
import { Refusal, reasonOf } from './refusal.mjs';
import { weather } from './weather.mjs';

const USAGE =
  'npm run data -- [digits|penguins|weather] [--from FOLDER] [--to FOLDER] [--id ID --title TITLE --classes A,B,C [--sample ONE,MANY] [--subject ONE,MANY] [--licence NAME] [--holder NAME] [--citation TEXT]]';
const DEFAULT_FROM = '/usr/share/datasets/fashion-mnist';
const DEFAULT_TO = fileURLToPath(new URL('../../public/data', import.meta.url));

/** The data sets that are made of what a package has; each goes to a folder of its own. */
const PACKAGED = { digits, penguins, weather };

try {
  const { packaged, from, to, ...words } = readOptions();
  const source = await (packaged?.() ?? (words.id === undefined ? fashionMnist(from) : descriptionFrom(from, words)));
  const shards = buildDataset(source, to);
  const megabytes = shards.reduce((sum, shard) => sum + shard.stored.bytes, 0) / 1e6;
  console.log(`Wrote ${shards.length} shards, ${megabytes.toFixed(1)} MB, to ${relative(cwd(), to) || '.'}.`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  exit(1);
}

function readOptions() {
  const { packaged, ...options } = parseOptions();
  if (options.id === undefined && Object.keys(options).some((name) => name !== 'from' && name !== 'to')) {
    throw new Refusal(`Another data set needs an --id; usage: ${USAGE}`);
  }
  if (options.id !== undefined && (options.from === undefined || options.to === undefined)) {
    throw new Refusal(`Another data set needs --from and --to; usage: ${USAGE}`);
  }
  // npm runs scripts in the package's root, and says here where the user stood.
  const base = env['INIT_CWD'] ?? cwd();
  const {
    from = DEFAULT_FROM,
    to = packaged === undefined ? DEFAULT_TO : `${DEFAULT_TO}-${packaged.name}`,
    ...words
  } = options;
  return { ...words, packaged, from: resolve(base, from), to: resolve(base, to) };
}

function parseOptions() {
  try {
    const text = { type: /** @type {const} */ ('string') };
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        from: text,
        to: text,
        id: text,
        title: text,
        classes: text,
        sample: text,
        subject: text,
        licence: text,
        holder: text,
        citation: text,
      },
    });
    return { ...values, packaged: packagedBy(positionals) };
  } catch (error) {
    throw new Refusal(`${reasonOf(error)}; usage: ${USAGE}`);
  }
}

/** @param {readonly string[]} words what was said without a dash */
function packagedBy([name, ...more]) {
  if (name === undefined) return undefined;
  const [, packaged] = Object.entries(PACKAGED).find(([known]) => known === name) ?? [];
  if (packaged === undefined || more.length > 0)
    throw new Refusal(`There is no data set ${[name, ...more].join(' ')}; usage: ${USAGE}`);
  return packaged;
}
