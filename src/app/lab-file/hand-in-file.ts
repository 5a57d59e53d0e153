import { strToU8 } from 'fflate';
import type { HandInFile, HandInReading } from '../../features/hand-ins.ts';
import { type HandedIn, handInText, readHandIn } from '../../state/hand-in-text.ts';
import { filesOfLab, type LabToSave, labIn, textOf, unzipped, zipped } from './lab-file.ts';

/** The file in the zip that says who hands in what, with the stamp. */
const HAND_IN = 'hand-in.json';

const NEWER = 'It was made by a newer version of Fitting Room. Reload the page to get that version.';
const UNREADABLE = 'It is damaged: ask for it again.';

/** What is handed in as the bytes of a file: a lab with one run, or with none. */
export function writeHandIn(handedIn: HandedIn, lab: LabToSave): Uint8Array<ArrayBuffer> {
  const files = filesOfLab(lab);
  return zipped(new Map([...files, [HAND_IN, Uint8Array.from(strToU8(handInText(handedIn, files)))]]));
}

/** Reads what `writeHandIn` writes. The weights of its run are left where they are. */
export function readHandInFile(bytes: Uint8Array<ArrayBuffer>): HandInReading {
  const files = unzipped(bytes);
  if (typeof files === 'string') return { problem: files };
  const text = textOf(files, HAND_IN);
  if (text === '') return { problem: 'Nothing was handed in with it: it is a lab without answers to an assignment.' };
  const others = new Map([...files].filter(([name]) => name !== HAND_IN));
  const handedIn = readHandIn(text, others);
  if (typeof handedIn === 'string') return { problem: handedIn === 'newer' ? NEWER : UNREADABLE };
  const lab = labIn(others);
  if ('problem' in lab) return lab;
  const run = lab.contents.runs.find((found) => found.run.number === handedIn.run)?.run ?? null;
  if (handedIn.run !== null && run === null) return { problem: UNREADABLE };
  const file: HandInFile = { ...handedIn, run };
  return { handIn: file };
}
