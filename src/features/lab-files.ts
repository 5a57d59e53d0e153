import { createContext } from 'react';
import type { SharedSetup } from '../core/sharing/shared-setup.ts';
import type { FoundRun } from '../state/adopt-runs.ts';
import type { HandedIn } from '../state/hand-in-text.ts';
import type { HandInReading } from './hand-ins.ts';

/** A draft, a drawing, or how far a lesson is, as it is kept. */
export interface KeptText {
  readonly kind: 'draft' | 'drawing' | 'setting';
  readonly name: string;
  readonly text: string;
}

/** What a file has of a lab. */
export interface LabContents {
  /** The draft. */
  readonly shared: SharedSetup;
  readonly runs: readonly FoundRun[];
  readonly texts: readonly KeptText[];
  /** How many runs in it are of no form that the app knows. */
  readonly unreadable: number;
  /** How many runs come without their weights, because some of these are NaN or infinite. */
  readonly withoutWeights: number;
  /** The text of the assignment that the file is; null where it is none. */
  readonly assignment: string | null;
}

/** What a file brings, or why it cannot be opened, as a sentence. */
export type LabReading = { readonly contents: LabContents } | { readonly problem: string };

/** Labs as files. */
export interface LabFileTools {
  /** All of the lab, or the draft and one run of it. `tab`: the tab of the results that is open. */
  save(run: number | null, tab: string): Promise<Blob>;
  read(file: Blob): Promise<LabReading>;
  /** An assignment; `shared`: the draft that it begins with, as `sharedText` writes it. */
  saveAssignment(source: string, shared: string): Promise<Blob>;
  /** What a student hands in, with its run. */
  handIn(handedIn: HandedIn): Promise<Blob>;
  readHandIn(file: Blob): Promise<HandInReading>;
  /** Brings in the runs, which get new numbers where theirs are taken, and those texts of which there are none here. */
  adopt(contents: LabContents): Promise<void>;
}

/** Loads what writes and reads labs as files. */
export type LabFiles = () => Promise<LabFileTools>;

/** Null where the page is not whole yet. The composition root provides it. */
export const LabFilesContext = createContext<LabFiles | null>(null);
