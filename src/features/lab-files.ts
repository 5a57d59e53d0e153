import { createContext } from 'react';
import type { SharedSetup } from '../core/sharing/shared-setup.ts';
import type { FoundRun } from '../state/adopt-runs.ts';

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
}

/** What a file brings, or why it cannot be opened, as a sentence. */
export type LabReading = { readonly contents: LabContents } | { readonly problem: string };

/** Labs as files. */
export interface LabFiles {
  /** All of the lab, or the draft and one run of it. `tab`: the tab of the results that is open. */
  save(run: number | null, tab: string): Promise<Blob>;
  read(file: Blob): Promise<LabReading>;
  /** Brings in the runs, which get new numbers where theirs are taken, and those texts of which there are none here. */
  adopt(contents: LabContents): Promise<void>;
}

/** Null where the page is not whole yet. The composition root provides it. */
export const LabFilesContext = createContext<LabFiles | null>(null);
