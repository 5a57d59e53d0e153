import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/card/Notice.tsx';
import { Button } from '../ui/form/Button.tsx';

interface State {
  readonly failure: Error | null;
}

/**
 * Stands in for the page when a part of it could not be loaded or drawn, instead of leaving it empty. The lab, which is not
 * part of the page, goes on.
 */
export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <main>
        <Notice
          title={`A part of the page could not be ${wasLoading(failure) ? 'loaded' : 'shown'}.`}
          detail={failure.message}
          actions={
            <>
              <Button variant="outline" onClick={() => this.setState({ failure: null })}>
                Back to the page
              </Button>
              <Button variant="outline" onClick={() => location.reload()}>
                Reload
              </Button>
            </>
          }
        >
          {wasLoading(failure) && 'Loading it needs the network, because this browser has not stored it. '}Training
          continues meanwhile.
        </Notice>
      </main>
    );
  }
}

/** Whether a script or a style could not be fetched, in the words of the browsers. */
function wasLoading({ message }: Error): boolean {
  return /dynamically imported|module script|preload CSS/i.test(message);
}
