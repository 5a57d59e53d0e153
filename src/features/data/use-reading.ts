import { useContext, useEffect, useRef, useState } from 'react';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import type { FoundFile, MadeDataset, Preview, ReadingChoices, Survey } from '../../protocol/reading/reading.ts';
import { ownSource } from '../dataset-sources.ts';
import { useLab } from '../lab.tsx';
import { OwnDataContext, type Reading } from '../own-data.ts';

/** Where the reading of files stands. */
export type ReadingState =
  | { readonly step: 'none' }
  /** Files are being looked at. `total` is 0 until it is known. */
  | { readonly step: 'surveying'; readonly done: number; readonly total: number }
  /** It is to be said how to read them. */
  | { readonly step: 'choosing'; readonly survey: Survey; readonly refusal: string | null }
  /** They are being made into a data set. */
  | { readonly step: 'making'; readonly survey: Survey; readonly done: number; readonly total: number }
  | { readonly step: 'made'; readonly made: MadeDataset }
  | { readonly step: 'refused'; readonly message: string };

/** The reading of files, and what can be done about it. */
export interface ReadingControls {
  readonly state: ReadingState;
  /** Looks at files; what was read before is dropped. */
  survey(files: readonly FoundFile<File>[]): void;
  /** What choices would make of them: one at a time, and null where others were asked about since. */
  preview(choices: ReadingChoices): Promise<Preview | null>;
  /** Makes a data set of them and opens it. */
  make(choices: ReadingChoices): void;
  /** Breaks off what is under way, and forgets the files. */
  cancel(): void;
}

const NONE: ReadingState = { step: 'none' };

/** Asks one question after the other, and of those that wait the newest only. */
class NewestOnly {
  #asked = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** The answer; null where it was not asked, because another question came. */
  async next<Answer>(ask: () => Promise<Answer | null>): Promise<Answer | null> {
    this.#asked++;
    const place = this.#asked;
    await this.#last;
    if (place !== this.#asked) return null;
    const answer = ask();
    this.#last = answer.catch(() => null);
    return answer;
  }
}

/** Reads files in a worker of their own, and opens the data set that is made of them. */
export function useReading(): ReadingControls {
  const ownData = useContext(OwnDataContext);
  const lab = useLab();
  const [state, setState] = useState<ReadingState>(NONE);
  const reading = useRef<Reading | null>(null);
  const breaking = useRef(new AbortController());
  const previews = useRef(new NewestOnly());
  const end = () => {
    breaking.current.abort();
    reading.current?.end();
    reading.current = null;
  };
  useEffect(
    () => () => {
      breaking.current.abort();
      reading.current?.end();
    },
    [],
  );
  /** Does a step of the reading; what comes of it after the reading was broken off is dropped. */
  const follow = <Answer>(
    at: { readonly step: 'surveying' } | { readonly step: 'making'; readonly survey: Survey },
    ask: (signal: AbortSignal, onProgress: (done: number, total: number) => void) => Promise<Answer>,
    onAnswer: (answer: Answer) => void,
    onRefused: (message: string) => void,
  ) => {
    const { signal } = breaking.current;
    setState({ ...at, done: 0, total: 0 });
    ask(signal, (done, total) => !signal.aborted && setState({ ...at, done, total })).then(
      (answer) => !signal.aborted && onAnswer(answer),
      (error: unknown) => !signal.aborted && onRefused(error instanceof Error ? error.message : String(error)),
    );
  };
  const open = (spec: DatasetSpec) => lab.openDataset(ownSource(spec, ownData));
  return {
    state,
    survey(files) {
      end();
      breaking.current = new AbortController();
      const started = ownData.read();
      reading.current = started;
      follow(
        { step: 'surveying' },
        (signal, onProgress) => started.survey(files, { signal, onProgress }),
        (survey) => setState({ step: 'choosing', survey, refusal: null }),
        (message) => setState({ step: 'refused', message }),
      );
    },
    preview(choices) {
      const { current } = reading;
      const { signal } = breaking.current;
      return previews.current.next(async () => current?.preview(choices, { signal, onProgress: () => {} }) ?? null);
    },
    make(choices) {
      const { current } = reading;
      if (current === null || state.step !== 'choosing') return;
      const { survey } = state;
      follow(
        { step: 'making', survey },
        (signal, onProgress) => current.make(choices, { signal, onProgress }),
        (made) => {
          open(made.dataset.spec);
          setState({ step: 'made', made });
        },
        // The files and the choices stay: something can be changed.
        (refusal) => setState({ step: 'choosing', survey, refusal }),
      );
    },
    cancel() {
      end();
      setState(NONE);
    },
  };
}
