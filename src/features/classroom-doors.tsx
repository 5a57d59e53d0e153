import { part } from '../ui/card/part.tsx';

/** Sets an assignment. */
export const AssignmentDialog = part(async () => (await import('./classroom/AssignmentDialog.tsx')).AssignmentDialog, {
  missing: 'dialog',
});
