import { useStore } from 'zustand';
import { bytesText } from '../../core/text/number-text.ts';
import type { StorageStatus } from '../../state/storage.ts';
import { StatusChip } from '../../ui/card/StatusChip.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { Popover } from '../../ui/overlay/Popover.tsx';
import { closeTool, openTool, useHasRoom, useTool } from '../header-tool.ts';
import { useLab } from '../lab.tsx';
import './storage.css';
import { keptText, problemText } from './storage-text.ts';

/** What is kept, and what is not and why: an icon while all is well, else a chip that says what is not. Opens the figures. */
export function StorageChip() {
  const status = useStore(useLab().storage.store);
  const anchor = useTool('storage');
  const hasRoom = useHasRoom();
  const problems = status.problems.map(problemText);
  const worst = problems.find(({ isLoss }) => isLoss) ?? problems[0];
  // Runs that nobody reads are not being read.
  const kept = status.runs === null && problems.length > 0 ? [] : [keptText(status)];
  const button = {
    'aria-haspopup': 'dialog',
    onClick: ({ currentTarget }: { readonly currentTarget: Element }) =>
      anchor === null ? openTool('storage', currentTarget) : closeTool(),
  } as const;
  return (
    <>
      {worst === undefined && hasRoom && <Button variant="quiet" icon="storage" label="What is kept" {...button} />}
      {worst !== undefined && (
        <StatusChip
          {...button}
          className="storage-chip"
          icon="storage"
          title={worst.brief}
          tone={worst.isLoss ? 'error' : 'plain'}
        />
      )}
      <span className="vh" role="status" aria-label="Storage">
        {[...problems.map(({ sentence }) => sentence), ...kept].join(' ')}
      </span>
      {anchor !== null && (
        <Popover className="storage" anchor={anchor} label="What is kept" onClose={closeTool}>
          {problems.map(({ sentence, advice }) => (
            <p key={sentence} className="storage-problem">
              {sentence} {advice !== null && <b>{advice}</b>}
            </p>
          ))}
          {status.problems.map(
            (problem) =>
              problem.kind === 'notLoaded' && (
                <Button key={problem.kind} variant="outline" size="sm" onClick={problem.again}>
                  Try again
                </Button>
              ),
          )}
          {kept.length > 0 && <Figures status={status} />}
        </Popover>
      )}
    </>
  );
}

function Figures({ status }: { readonly status: StorageStatus }) {
  const { bytes, room, isPersistent } = status;
  const rows = [
    { name: 'Curves and results of runs', value: bytes.run + bytes.queue },
    { name: 'Weights of runs', value: bytes.checkpoint },
    { name: 'Networks, recipes and drawings', value: bytes.draft + bytes.drawing + bytes.setting },
    { name: 'Data sets of your own', value: bytes.dataSet },
    { name: 'Samples of my test set', value: bytes.ownTest },
  ];
  return (
    <>
      <h3>{keptText(status)}</h3>
      <dl>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{bytesText(value)}</dd>
          </div>
        ))}
      </dl>
      {room !== null && (
        <p>
          The browser gives this page {bytesText(room.quota)}, of which {bytesText(room.used)} are in use, the data set
          included.
        </p>
      )}
      {isPersistent !== null && <p>{isPersistent ? PERSISTENT : CLEARABLE}</p>}
    </>
  );
}

const PERSISTENT = 'It has promised to keep all of it until you clear it.';
const CLEARABLE = 'It may clear all of it when the disk is full, or when you have not visited for a long time.';
