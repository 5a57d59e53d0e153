import { sharedText } from '../../core/sharing/shared-setup.ts';
import type { KeptText, LabContents, LabFileTools } from '../../features/lab-files.ts';
import { adoptRuns, type FoundRun } from '../../state/adopt-runs.ts';
import type { Lab } from '../../state/lab.ts';
import { compactRun, type Run, stepOf } from '../../state/run.ts';
import { allRuns } from '../../state/runs.ts';
import type { Kept } from '../kept-context.ts';
import { standing } from '../standing.ts';
import { readHandInFile, writeHandIn } from './hand-in-file.ts';
import { readLab, writeAssignment, writeLab } from './lab-file.ts';

/** Labs as files. */
export function createLabFiles(lab: Lab, kept: Kept): LabFileTools {
  return {
    async save(number, tab) {
      await untilKept(lab);
      const wanted = allRuns(lab.runs.store.getState()).filter((run) => stepOf(run) > 0);
      const runs = wanted.filter((run) => number === null || run.number === number);
      const found = await Promise.all(runs.map((run) => whole(lab, run)));
      const texts = number === null ? textsIn(kept) : [];
      const draft = lab.draft.store.getState();
      return new Blob([writeLab({ shared: sharedText(draft, draft.presetId, tab), runs: found, texts })]);
    },
    read: async (file) => readLab(new Uint8Array(await file.arrayBuffer())),
    saveAssignment: async (source, shared) => new Blob([writeAssignment(source, shared)]),
    async handIn(handedIn) {
      await untilKept(lab);
      const run = allRuns(lab.runs.store.getState()).find(({ number }) => number === handedIn.run);
      const draft = run?.draft ?? lab.draft.store.getState();
      const runs = run === undefined ? [] : [await whole(lab, run)];
      return new Blob([writeHandIn(handedIn, { shared: sharedText(draft, draft.presetId, ''), runs, texts: [] })]);
    },
    readHandIn: async (file) => readHandInFile(new Uint8Array(await file.arrayBuffer())),
    async adopt({ runs, texts }: LabContents) {
      adoptRuns(lab.runs, lab.draft, runs);
      // What keeps them may still be on its way.
      void kept.texts.then((keeper) => {
        for (const { kind, name, text } of texts) keeper?.adopt(kind, name, text);
      });
    },
  };
}

/** Resolves when the checkpoint of a run that was paused just now is here, which is to be saved as it stands. */
async function untilKept(lab: Lab): Promise<void> {
  const { current } = lab.runs.store.getState();
  if (current !== null && lab.runs.checkpoints.isComing(current.number)) await standing(lab);
}

/** A run with its answers and its checkpoint, wherever they are. */
async function whole({ runs: { answers, checkpoints, curves } }: Lab, run: Run): Promise<FoundRun> {
  const [validation, test, checkpoint, steps] = await Promise.all([
    answers.read(run, 'validation'),
    answers.read(run, 'test'),
    checkpoints.read(run.number),
    curves.whole(run),
  ]);
  const { training, ...rest } = compactRun(steps);
  return { run: { ...rest, validation: validation ?? run.validation, test: test ?? run.test }, checkpoint };
}

/** Drafts, drawings and what is kept of lessons; which data set was open, and the like, is of this browser. */
function textsIn({ found }: Kept): readonly KeptText[] {
  return [...found.texts].flatMap(([place, text]): readonly KeptText[] => {
    const [kind, ...words] = place.split(' ');
    const name = words.join(' ');
    if (kind === 'draft' || kind === 'drawing') return [{ kind, name, text }];
    return kind === 'setting' && name.startsWith('lesson ') ? [{ kind, name, text }] : [];
  });
}
