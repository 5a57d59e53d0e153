import type { LabFiles } from '../features/lab-files.ts';
import type { Lab } from '../state/lab.ts';
import type { Kept } from './kept-context.ts';

/** Labs as files. What writes and reads them is loaded when it is needed. */
export function labFiles(lab: Lab, kept: Kept): LabFiles {
  return async () => (await import('./lab-file/lab-files.ts')).createLabFiles(lab, kept);
}
