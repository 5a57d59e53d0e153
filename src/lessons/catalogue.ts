import type { Lesson } from '../core/lessons/lesson.ts';
import { lessonOf } from './lesson-of.ts';

const TEXTS = import.meta.glob<string>('./*/lesson.md', { query: '?raw', import: 'default', eager: true });
const SET_UPS = import.meta.glob<unknown>('./*/set-up.json', { import: 'default', eager: true });

/** All lessons, in the order of their folders. Where one is not well made, loading this file fails with what is wrong. */
export const LESSONS: readonly Lesson[] = Object.entries(TEXTS)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([path, markdown]) => {
    const folder = path.replace('/lesson.md', '');
    return lessonOf(folder.replace(/^\.\/\d+-/, ''), markdown, SET_UPS[`${folder}/set-up.json`]);
  });
