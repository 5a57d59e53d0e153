import type { LessonNotes } from '../features/lesson-notes.ts';
import type { Kept } from './kept-context.ts';

/** Keeps from one visit to the next how far each lesson is. */
export function lessonNotes({ found, texts }: Kept): LessonNotes {
  const written = new Map<string, string>();
  return {
    read: (id) => written.get(id) ?? found.read('setting', nameOf(id)),
    write(id, text) {
      written.set(id, text);
      void texts.then((kept) => kept?.write('setting', nameOf(id), () => text));
    },
  };
}

function nameOf(id: string): string {
  return `lesson ${id}`;
}
