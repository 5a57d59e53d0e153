/** Names a lesson, where something is made of lessons: a link, an assignment. */
export interface LessonReference {
  /** Its id, which need not be known to this version of the app. */
  readonly lesson: string;
}

const NAME = 'lesson';

/** The end of an address that opens a lesson: `#lesson=convolution`. */
export function lessonHash({ lesson }: LessonReference): string {
  return `#${new URLSearchParams({ [NAME]: lesson })}`;
}

/** The lesson that such an address asks for; null where it asks for none. */
export function lessonOfHash(hash: string): LessonReference | null {
  const lesson = new URLSearchParams(hash.slice(1)).get(NAME);
  return lesson ? { lesson } : null;
}
