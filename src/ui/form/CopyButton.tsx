import { useEffect, useState } from 'react';
import { Button } from './Button.tsx';

/** How long the button says that it has copied, in milliseconds. */
const THANKS_MS = 2000;

/** Props of {@link CopyButton}. */
export interface CopyButtonProps {
  /** What it says, as `Copy as CSV`. */
  readonly children: string;
  /** Makes the text when it is asked for. */
  readonly text: () => string;
}

/** Copies a text to the clipboard and says whether that went well. */
export function CopyButton({ children, text }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), THANKS_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(text()).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return (
    <>
      <Button variant="outline" size="sm" icon={outcome === 'copied' ? 'check' : 'copy'} onClick={copy}>
        {children}
      </Button>
      <span className="vh" role="status">
        {outcome === 'copied' && 'Copied.'}
        {outcome === 'refused' && 'The browser did not allow copying.'}
      </span>
    </>
  );
}
