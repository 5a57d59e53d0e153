import { useContext, useEffect, useEffectEvent, useState } from 'react';
import { EMPTY_OWN_TEST, MOST_OWN_SAMPLES, type OwnTest, withResult } from '../../../core/dataset/own-test.ts';
import { classCountOf, type DatasetSpec, sampleBytesOf } from '../../../core/dataset/spec.ts';
import { argmax } from '../../../core/evaluation/confusion.ts';
import type { Answerer } from '../../../core/explaining/feature-neighbours.ts';
import { useQuestions, useRun } from '../../lab.tsx';
import { OwnDataContext } from '../../own-data.ts';

/** The test set of the user's own for the data set that is open. */
export interface OwnTestControls {
  /** Null until it was read. */
  readonly test: OwnTest | null;
  /** Of each sample, what the newest network takes it for; null while that is not known. */
  readonly predicted: readonly number[] | null;
  /** Why it cannot be kept, or nothing be added. */
  readonly problem: string | null;
  add(label: number, samples: readonly Uint8Array<ArrayBuffer>[]): void;
  remove(place: number): void;
  clear(): void;
}

/** Reads and keeps it, and asks the newest network for its answers: whenever samples come or go, and when a run stands still. */
export function useOwnTest(dataset: DatasetSpec): OwnTestControls {
  const ownData = useContext(OwnDataContext);
  const { ask } = useQuestions();
  const [test, setTest] = useState<OwnTest | null>(null);
  const [predicted, setPredicted] = useState<readonly number[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Steps come by the dozen: a run is asked when it stands still.
  const asked = useRun((run) => (run === null ? 'none' : `${run.number} ${run.phase}`));
  const samples = test?.samples;
  const keep = (next: OwnTest) => {
    setTest(next);
    ownData.writeTest(dataset, next).then(
      () => setProblem(null),
      () => setProblem('There is no room to keep this: it is gone when the page is closed.'),
    );
  };
  useEffect(() => {
    let isOver = false;
    ownData.readTest(dataset).then(
      (found) => !isOver && setTest(found),
      () => !isOver && setTest(EMPTY_OWN_TEST),
    );
    return () => {
      isOver = true;
    };
  }, [ownData, dataset]);
  const take = useEffectEvent(({ run, testAccuracy }: Answerer, answers: readonly number[]) => {
    setPredicted(answers);
    if (test === null) return;
    const right = answers.filter((label, place) => label === test.samples[place]?.label).length;
    keep(withResult(test, { run, right, total: answers.length, tested: testAccuracy }));
  });
  useEffect(() => {
    setPredicted(null);
    if (samples === undefined || samples.length === 0 || asked.endsWith('training')) return;
    const waiting = new AbortController();
    ask('predictMany', { pixels: joined(samples, sampleBytesOf(dataset)) }, { signal: waiting.signal }).then(
      (answer) => {
        if (answer === null || waiting.signal.aborted) return;
        const classes = classCountOf(dataset);
        take(
          answer,
          samples.map((_, place) => argmax(answer.probabilities, place, classes)),
        );
      },
      // Another data set was opened, or the worker is gone: the next one is asked again.
      () => undefined,
    );
    return () => waiting.abort();
  }, [samples, asked, ask, dataset]);
  return {
    test,
    predicted,
    problem,
    add(label, added) {
      if (test === null) return;
      const room = MOST_OWN_SAMPLES - test.samples.length;
      keep({ ...test, samples: [...test.samples, ...added.slice(0, room).map((values) => ({ label, values }))] });
      if (added.length > room) setProblem(`A test set of your own has at most ${MOST_OWN_SAMPLES} samples.`);
    },
    remove(place) {
      if (test !== null) keep({ ...test, samples: test.samples.filter((_, at) => at !== place) });
    },
    clear: () => keep(EMPTY_OWN_TEST),
  };
}

/** Samples one after the other. */
function joined(samples: OwnTest['samples'], bytes: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(samples.length * bytes);
  samples.forEach(({ values }, place) => {
    all.set(values, place * bytes);
  });
  return all;
}
