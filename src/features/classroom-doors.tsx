import { part } from '../ui/card/part.tsx';

/** Sets an assignment. */
export const AssignmentDialog = part(async () => (await import('./classroom/AssignmentDialog.tsx')).AssignmentDialog, {
  missing: 'dialog',
});

/** Opens what a class handed in. */
export const ClassDialog = part(async () => (await import('./classroom/ClassDialog.tsx')).ClassDialog, {
  missing: 'dialog',
});
