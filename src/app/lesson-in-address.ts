import { useEffect, useEffectEvent, useState } from 'react';
import { lessonOfHash } from '../core/lessons/lesson-reference.ts';

const asked = () => lessonOfHash(location.hash)?.lesson ?? null;

/** The lesson that is open, by its id: the one that the address asks for, also where it does so later. Other addresses leave it open. */
export function useLesson(onOpen: () => void): readonly [string | null, (id: string | null) => void] {
  const [lesson, setLesson] = useState(asked);
  const opened = useEffectEvent(onOpen);
  useEffect(() => {
    const follow = () => setLesson((open) => asked() ?? open);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (lesson !== null) opened();
  }, [lesson]);
  return [lesson, setLesson];
}
