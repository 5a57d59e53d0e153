import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Result of one run
 * @property {string} backend
 * @property {string | null} device
 * @property {string} date as 2026-11-28
 * @property {string} commit of the app that trained it, several where it went on with another one; with a + where files had been changed since
 * @property {number | null} load of the machine when it ended, in processor cores; null where nobody looked
 * @property {number} epochs
 * @property {number} trainingImages
 * @property {number} seconds of training, with the judging of each epoch
 * @property {number | null} trainAccuracy after the last epoch, on a sample of the training images, without dropout
 * @property {number | null} trainLoss
 * @property {number | null} validationAccuracy
 * @property {number} testAccuracy by the largest output
 * @property {number | null} [mirroredAccuracy] by the mean of the answers to each image and to its mirror image; none where the recipe does not
 *   ask for it
 * @property {number} testLoss
 * @property {{ precision: number, recall: number, f1: number } | null} thresholded by outputs above one half, as a micro average
 * @property {readonly number[] | null} recalls of each class
 */

/** @typedef {Record<string, Record<string, Result>>} Results by experiment and by seed */

/**
 * @typedef {object} BesideResult of the program that the app exports, in another tool
 * @property {number} accuracy of the test set
 * @property {string} version of the tool
 * @property {number} seed
 * @property {number} epochs
 * @property {number} trainingImages
 * @property {number} seconds of the whole program, with its start and the reading of data
 * @property {number | null} load of the machine when it ended
 * @property {string} date
 * @property {string} commit of the app that wrote the program
 */

/** @typedef {Partial<Record<import('../exports/in-tool.mjs').Tool, BesideResult>>} Beside */
/** @typedef {Record<string, Beside>} BesideResults by experiment and by tool */

/** Where the results of other tools are in the file. */
const BESIDE = 'beside';

/**
 * @param {string} file
 * @returns {Record<string, any>}
 */
function contentOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

/**
 * @param {string} file
 * @returns {Results}
 */
export function readResults(file) {
  const { [BESIDE]: _, ...results } = contentOf(file);
  return results;
}

/**
 * @param {string} file
 * @returns {BesideResults}
 */
export function readBeside(file) {
  return contentOf(file)[BESIDE] ?? {};
}

/**
 * Adds the result of a run to the file, in which those of others may have been written meanwhile.
 *
 * @param {string} file
 * @param {string} id
 * @param {number} seed
 * @param {Result} result
 */
export function keepResult(file, id, seed, result) {
  const content = contentOf(file);
  write(file, { ...content, [id]: { ...content[id], [seed]: result } });
}

/**
 * Adds what a program came to.
 *
 * @param {string} file
 * @param {string} id
 * @param {import('../exports/in-tool.mjs').Tool} tool
 * @param {BesideResult} result
 */
export function keepBeside(file, id, tool, result) {
  const { [BESIDE]: beside = {}, ...results } = contentOf(file);
  write(file, { ...results, [BESIDE]: { ...beside, [id]: { ...beside[id], [tool]: result } } });
}

/**
 * @param {string} file
 * @param {object} content
 */
function write(file, content) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

/**
 * Where a run that is not over yet can go on: a file for each, which is gone when it is.
 *
 * @typedef {import('./page.mjs').Progress & { setup?: object, commits?: readonly string[] }} Kept progress with what was trained, and the commits
 *   of the app that trained it
 */

/** The files of runs that are not over yet. */
export class Unfinished {
  #folder;
  #former;

  /**
   * @param {string} folder where they are kept
   * @param {string} former where files are looked for that are not there
   */
  constructor(folder, former) {
    this.#folder = folder;
    this.#former = former;
  }

  /**
   * @param {string} key
   * @returns {Kept | null}
   */
  read(key) {
    const file = [this.#folder, this.#former].map((folder) => fileIn(folder, key)).find(existsSync);
    return file === undefined ? null : JSON.parse(readFileSync(file, 'utf8'));
  }

  /**
   * Whoever is stopped meanwhile still has the file as it was before.
   *
   * @param {string} key
   * @param {Kept} progress
   */
  write(key, progress) {
    mkdirSync(this.#folder, { recursive: true });
    const file = fileIn(this.#folder, key);
    writeFileSync(`${file}.new`, JSON.stringify(progress));
    renameSync(`${file}.new`, file);
  }

  /** @param {string} key */
  drop(key) {
    for (const folder of [this.#folder, this.#former]) rmSync(fileIn(folder, key), { force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} key
 */
function fileIn(folder, key) {
  return join(folder, `${key}.json`);
}
