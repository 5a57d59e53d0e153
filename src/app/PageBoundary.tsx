import { Component, type ReactNode } from 'react';
import { Notice } from '../ui/card/Notice.tsx';
import { Button } from '../ui/form/Button.tsx';

interface State {
  readonly failure: Error | null;
}

/**
 * Stands in for the page when a part of it could not be drawn, instead of leaving it empty. The lab, which is not
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
          title="A part of the page could not be shown."
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
          Training continues meanwhile.
        </Notice>
      </main>
    );
  }
}
