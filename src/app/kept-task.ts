import { useContext, useState } from 'react';
import { LessonNotesContext, TASK_NOTE } from '../features/lesson-notes.ts';

/** The assignment that is open, by its id, and what opens another; nothing or an empty text for none. It outlasts the page. */
export function useKeptTask(): readonly [id: string | null, open: (id: string | null) => void] {
  const notes = useContext(LessonNotesContext);
  return useState(() => notes.read(TASK_NOTE));
}
