import { useState } from 'react';
import { Button } from '../../ui/form/Button.tsx';
import { RateDialog } from './RateDialog.tsx';
import './rate-finder.css';

/** Opens the learning-rate range test. */
export function RateFinder() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        icon="curve"
        className="rate-finder"
        label="Find a learning rate"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      {open && <RateDialog onClose={() => setOpen(false)} />}
    </>
  );
}
