import type { Run } from '../../state/run.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { milestoneText } from './milestone-text.ts';

/** A finished run in one line: its test accuracy, beside that of people and of the report of its preset. */
export function Milestone({ run }: { readonly run: Run }) {
  const text = milestoneText(run);
  if (text === null) return null;
  return (
    <p className="milestone">
      <Icon name="check" size="lg" />
      <span>{`Test accuracy ${text}`}</span>
    </p>
  );
}
