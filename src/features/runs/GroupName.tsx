import { RunNumber } from '../../ui/card/RunMark.tsx';
import type { SeedGroup } from '../seed-groups.ts';

/** The number and name of a run; of several that differ in their seed alone, those of the first, and how many there are. */
export function GroupName({ group }: { readonly group: SeedGroup }) {
  const [{ number }] = group;
  return (
    <>
      <RunNumber run={number} /> {groupText(group)}
    </>
  );
}

/** The same without its number. */
export function groupText([{ name }, ...others]: SeedGroup): string {
  return others.length === 0 ? name : `${withoutSeed(name)}, ${others.length + 1} seeds`;
}

/** `lr 1e-3` of `lr 1e-3, seed 2`. */
function withoutSeed(name: string): string {
  return name.replace(/,? ?seed \d+$/, '');
}
