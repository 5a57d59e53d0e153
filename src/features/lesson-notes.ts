import { createContext } from 'react';

/** Where it is kept how far somebody is in each lesson, as texts by the lesson's id. */
export interface LessonNotes {
  /** Null where nothing was kept. */
  read(id: string): string | null;
  write(id: string, text: string): void;
}

/** The notes of this visit alone; the composition root provides those that outlast it. */
export const LessonNotesContext = createContext<LessonNotes>({ read: () => null, write: () => {} });
