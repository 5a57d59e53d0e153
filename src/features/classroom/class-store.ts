import { createStore } from 'zustand/vanilla';
import type { HandInFile } from '../hand-ins.ts';
import type { LabFileTools } from '../lab-files.ts';

/** What was opened of a class, until the page is left. */
export interface OpenClass {
  readonly handIns: readonly HandInFile[];
  /** Files that could not be opened, and why, a sentence each. */
  readonly refused: readonly { readonly name: string; readonly problem: string }[];
  /** Those that were trained again: the number of the run here, by the id of the hand-in. */
  readonly again: ReadonlyMap<string, number>;
}

const NO_CLASS: OpenClass = { handIns: [], refused: [], again: new Map() };

/** The class that is open; there is one on a page. */
export const CLASS = createStore<OpenClass>(() => NO_CLASS);

/** Forgets the class. */
export function closeClass(): void {
  CLASS.setState(NO_CLASS, true);
}

/** How many files may be opened at once. */
const MOST_FILES = 500;

/** Opens files that were handed in, one after the other; the same hand-in again takes the place of itself. */
export async function openHandIns(files: readonly File[], { readHandIn }: LabFileTools): Promise<void> {
  CLASS.setState({ refused: [] });
  for (const file of files.slice(0, MOST_FILES)) {
    // One that breaks what reads it must not keep the others out.
    const reading = await readHandIn(file).catch((error: unknown) => ({
      problem: `It cannot be read: ${String(error)}.`,
    }));
    if ('problem' in reading)
      CLASS.setState(({ refused }) => ({ refused: [...refused, { name: file.name, problem: reading.problem }] }));
    else
      CLASS.setState(({ handIns }) => ({
        handIns: [...handIns.filter(({ id }) => id !== reading.handIn.id), reading.handIn],
      }));
  }
}
