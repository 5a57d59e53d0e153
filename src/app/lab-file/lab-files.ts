import type { KeptText, LabContents, LabFiles } from '../../features/lab-files.ts';
import { adoptRuns, type FoundRun } from '../../state/adopt-runs.ts';
import type { Lab } from '../../state/lab.ts';
import { compactRun, type Run, stepOf } from '../../state/run.ts';
import { allRuns } from '../../state/runs.ts';
import type { Kept } from '../kept-context.ts';
import { readLab, writeLab } from './lab-file.ts';

/** Labs as files. */
export function createLabFiles(lab: Lab, kept: Kept): LabFiles {
  return {
    async save(number, tab) {
      const wanted = allRuns(lab.runs.store.getState()).filter((run) => stepOf(run) > 0);
      const runs = wanted.filter((run) => number === null || run.number === number);
      const found = await Promise.all(runs.map((run) => whole(lab, run)));
      const texts = number === null ? textsIn(kept) : [];
      return new Blob([writeLab({ draft: lab.draft.store.getState(), tab, runs: found, texts })]);
    },
    read: async (file) => readLab(new Uint8Array(await file.arrayBuffer())),
    async adopt({ runs, texts }: LabContents) {
      adoptRuns(lab.runs, lab.draft, runs);
      const keeper = await kept.texts;
      for (const { kind, name, text } of texts) keeper?.adopt(kind, name, text);
    },
  };
}

/** A run with its answers and its checkpoint, wherever they are. */
async function whole({ runs: { answers, checkpoints } }: Lab, run: Run): Promise<FoundRun> {
  const [validation, test, checkpoint] = await Promise.all([
    answers.read(run, 'validation'),
    answers.read(run, 'test'),
    checkpoints.read(run.number),
  ]);
  const { training, ...rest } = compactRun(run);
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
