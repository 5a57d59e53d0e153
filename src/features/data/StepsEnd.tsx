import { createContext, type ReactNode, useContext } from 'react';
import { Button } from '../../ui/form/Button.tsx';

/** Goes back to where the steps began; null where there is no way back. */
export const CancelContext = createContext<(() => void) | null>(null);

/** Props of {@link StepsEnd}. */
export interface StepsEndProps {
  /** Why it could not be done the last time; null where it could. */
  readonly refusal: string | null;
  /** What can be done before, at the beginning of the row. */
  readonly start?: ReactNode;
  /** The button that goes on. */
  readonly children: ReactNode;
}

/** The row of buttons that ends a step, in sight however long the step is. */
export function StepsEnd({ refusal, start, children }: StepsEndProps) {
  const cancel = useContext(CancelContext);
  return (
    <div className="acts steps-end">
      {refusal !== null && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
      {start !== undefined && <span className="steps-start">{start}</span>}
      {cancel !== null && (
        <Button variant="outline" onClick={cancel}>
          Cancel
        </Button>
      )}
      {children}
    </div>
  );
}
