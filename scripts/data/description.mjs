import { readIdxFolder } from './idx.mjs';
import { Refusal } from './refusal.mjs';

/**
 * @typedef {object} Source What becomes a data folder.
 * @property {import('./manifest.mjs').Description} description
 * @property {Record<'train' | 'test', import('./shards.mjs').Samples & { shape?: readonly number[] }>} splits
 * @property {string | null} licence The text of the licence, as a file of its own.
 * @property {readonly { file: string, bytes: string }[]} [files] What else belongs into the folder.
 */

/**
 * @typedef {object} Words What the command line says of a data set.
 * @property {string} [id]
 * @property {string} [title]
 * @property {string} [classes] Their names in the order of the labels, with commas between them.
 * @property {string} [sample] A sample in words, one and many with a comma between them.
 * @property {string} [subject] What a sample shows, likewise.
 * @property {string} [licence]
 * @property {string} [holder]
 * @property {string} [citation]
 */

/**
 * A data set of the IDX files of a folder, as the command line describes it.
 * @param {string} folder
 * @param {Words} words
 * @returns {Source}
 */
export function descriptionFrom(folder, { id = '', title = id, classes = '', ...words }) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new Refusal(`${id || 'Nothing'} is no id: use lower-case letters and digits, with hyphens between them.`);
  }
  const names = classes.split(',').map((name) => name.trim());
  if (names.length < 2 || names.includes('') || new Set(names).size < names.length) {
    throw new Refusal(
      `Name the classes in the order of the labels, each once, with commas between them: --classes cat,dog, not --classes ${classes}.`,
    );
  }
  const splits = readIdxFolder(folder);
  checkLabels(splits, names.length);
  const [height = 0, width = 0, channels = 1] = splits.train.shape;
  const description = {
    id,
    title,
    samples: {
      kind: /** @type {const} */ ('image'),
      height,
      width,
      channels,
      storage: /** @type {const} */ ('uint8'),
      scale: 255,
    },
    classes: names,
    words: { sample: nounOf(words.sample ?? 'image,images'), subject: nounOf(words.subject ?? 'image,images') },
    licence: { name: words.licence ?? 'unknown', holder: words.holder ?? 'unknown' },
    citation: words.citation ?? '',
    library: null,
    capabilities: [],
  };
  return { description, splits, licence: null };
}

/** @param {string} text */
function nounOf(text) {
  const [one = '', many = '', ...more] = text.split(',').map((word) => word.trim());
  if (one === '' || many === '' || more.length > 0) {
    throw new Refusal(`Give a word for one and a word for many, such as image,images, not ${text}.`);
  }
  return { one, many };
}

/**
 * @param {Record<'train' | 'test', import('./idx.mjs').Split>} splits
 * @param {number} classes
 */
function checkLabels(splits, classes) {
  for (const [split, { labels }] of Object.entries(splits)) {
    const unknown = labels.find((label) => label >= classes);
    if (unknown !== undefined) {
      throw new Refusal(
        `The ${split} labels go up to ${Math.max(...new Set(labels))}, and there are names for ${classes} classes.`,
      );
    }
  }
}
