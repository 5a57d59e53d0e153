import { createContext } from 'react';

/** Where it is kept how far somebody is in each lesson, as texts by the lesson's id; and in assignments, behind `TASK_NOTE`. */
export interface LessonNotes {
  /** Null where nothing was kept. */
  read(id: string): string | null;
  write(id: string, text: string): void;
}

/** The note that says which assignment is open, by its id; the notes of an assignment have its id behind this. */
export const TASK_NOTE = 'assignment';

/** The notes of this visit alone; the composition root provides those that outlast it. */
export const LessonNotesContext = createContext<LessonNotes>({ read: () => null, write: () => {} });
