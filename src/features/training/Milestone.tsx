import type { Run } from '../../state/run.ts';
import { milestoneText } from './milestone-text.ts';

/** A finished run in one line: its test accuracy, beside that of people and of the report of its preset. */
export function Milestone({ run }: { readonly run: Run }) {
  const text = milestoneText(run);
  return text === null ? null : <p className="milestone">{text}</p>;
}
