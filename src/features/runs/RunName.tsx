import { useState } from 'react';
import type { Run } from '../../state/run.ts';
import { useRunsControl } from '../lab.tsx';

/** The name of a run; pressing it turns it into a field. */
export function RunName({ run: { number, name } }: { readonly run: Run }) {
  const { label } = useRunsControl();
  const [editing, setEditing] = useState(false);
  const finish = (text: string) => {
    setEditing(false);
    if (text.trim() !== '') label(number, { name: text.trim() });
  };
  if (!editing) {
    return (
      <button
        type="button"
        className="run-name"
        id={`run-${number}`}
        title={`${name}: press to rename`}
        onClick={() => setEditing(true)}
      >
        {name}
      </button>
    );
  }
  return (
    <input
      className="inp run-name"
      aria-label={`Name of run ${number}`}
      defaultValue={name}
      maxLength={40}
      ref={(field) => field?.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(event.currentTarget.value);
        if (event.key === 'Escape') setEditing(false);
      }}
    />
  );
}
