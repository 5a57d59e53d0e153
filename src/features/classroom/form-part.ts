import type { AssignmentForm } from '../../core/classroom/assignment.ts';

/** Props of a part of the form that sets an assignment. */
export interface FormPartProps {
  readonly form: AssignmentForm;
  readonly onChange: (values: Partial<AssignmentForm>) => void;
}
