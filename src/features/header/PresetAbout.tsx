import { lazy, Suspense, useState } from 'react';
import type { Preset } from '../../core/network/presets/preset.ts';
import { Button } from '../../ui/form/Button.tsx';

const PresetSource = lazy(() => import('./PresetSource.tsx').then((module) => ({ default: module.PresetSource })));

/** Props of {@link PresetAbout}. */
export interface PresetAboutProps {
  readonly preset: Preset;
  /** Whether the draft differs from the preset. */
  readonly edited: boolean;
  readonly onRestart: () => void;
}

/** A button that opens what is known about a preset: its source, its figures as reported, and what the report did. */
export function PresetAbout(props: PresetAboutProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <Button
        variant="quiet"
        icon="info"
        label="Source and figures"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null)}
      />
      {anchor !== null && (
        <Suspense fallback={null}>
          <PresetSource {...props} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
