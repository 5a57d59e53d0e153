import type { ReactNode } from 'react';
import { Icon } from '../base/Icon.tsx';
import { Button } from '../form/Button.tsx';
import './layer-body.css';

/** A button that fixes an error. */
export interface LayerFix {
  readonly label: string;
  readonly onPress: () => void;
}

/** Props of {@link LayerError} and {@link LayerWarning}. */
export interface LayerProblemProps {
  readonly message: ReactNode;
  readonly fixes: readonly LayerFix[];
}

/** What is wrong with a layer, with numbers that a student can check, and the buttons that fix it. */
export function LayerError(props: LayerProblemProps) {
  return (
    <div className="layer-error" role="alert">
      <Problem {...props} />
    </div>
  );
}

/** What is valid and probably not intended; less prominent than an error. */
export function LayerWarning(props: LayerProblemProps) {
  return (
    <div className="layer-error is-warning">
      <Problem {...props} />
    </div>
  );
}

function Problem({ message, fixes }: LayerProblemProps) {
  return (
    <>
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
    </>
  );
}

/** A warning on a closed card: its beginning in one line. Opening the card shows the rest and the fixes. */
export function LayerHint({ message, onOpen }: { readonly message: string; readonly onOpen: () => void }) {
  return (
    <button type="button" className="layer-hint" tabIndex={-1} onClick={onOpen}>
      <Icon name="warn" size="sm" />
      <span>{message}</span>
    </button>
  );
}
