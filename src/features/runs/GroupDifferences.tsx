import { bestOf } from '../../state/run-figures.ts';
import { PairedDifferences } from '../PairedDifferences.tsx';
import { pairedDifferences } from '../paired-differences.ts';
import type { SeedGroup } from '../seed-groups.ts';
import { groupText } from './GroupName.tsx';

/** Whether the differences between groups of runs can be chance, by the seeds that they have in common; nothing where that is one or none. */
export function GroupDifferences({ groups }: { readonly groups: readonly SeedGroup[] }) {
  const results = groups.map((group) => ({
    name: `run ${group[0].number} ${groupText(group)}`,
    trials: group.filter(({ phase }) => phase === 'finished').map((run) => ({ draft: run.draft, best: bestOf(run) })),
  }));
  const known = pairedDifferences(results, 'accuracy').filter(({ differences }) => differences.length > 1);
  if (known.length === 0) return null;
  return (
    <>
      <p>By the best validation accuracy, seed by seed:</p>
      <PairedDifferences differences={known} figure="accuracy" />
    </>
  );
}
