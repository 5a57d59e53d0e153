import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import './layer-body.css';

/** The fields of an open card on twelve columns (classes `s2` ... `s5` span them), and a sum below: `Parameters`. */
export function LayerBody({ note, children }: { readonly note?: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="layer-body">
      {children}
      {note && <p className="layer-note">{note}</p>}
    </div>
  );
}

/** One way out of an error, as a button. */
export interface LayerFix {
  readonly label: string;
  readonly onPress: () => void;
}

/** What is wrong with a layer, in numbers that a student can redo, and the buttons that settle it. */
export function LayerError({ message, fixes }: { readonly message: string; readonly fixes: readonly LayerFix[] }) {
  return (
    <div className="layer-error" role="alert">
      <p>{message}</p>
      {fixes.length > 0 && (
        <div className="row">
          {fixes.map(({ label, onPress }) => (
            <Button key={label} variant="outline" size="sm" onClick={onPress}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
