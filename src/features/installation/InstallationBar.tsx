import { type ReactNode, useState } from 'react';
import { mostThreads } from '../../core/training/backend.ts';
import { isBusy } from '../../state/runs.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { useInstallation } from '../installation.ts';
import { useDataSet, useDevice, useLabStatus } from '../lab.tsx';
import { threadsAdvice } from '../threads-advice.ts';

import { offlineSentence } from './words.ts';
import './installation-bar.css';

/** Props of {@link InstallationBar}. */
export interface InstallationBarProps {
  /** Starts the new version: the page is loaded again. */
  readonly onUpdate: () => void;
}

/** Says that there is no network, and offers a new version. A bar of its own: it covers nothing. */
export function InstallationBar({ onUpdate }: InstallationBarProps) {
  return (
    <>
      <Offline />
      <Update onUpdate={onUpdate} />
      <Threads />
    </>
  );
}

function Offline() {
  const installation = useInstallation();
  const shardsArrived = useDataSet((data) => data.shardsArrived);
  const shardsTotal = useDataSet((data) => data.shardsTotal);
  if (installation.online) return null;
  return (
    <Bar name="Offline" title="You are offline.">
      {offlineSentence(installation, { shardsArrived, shardsTotal })}
    </Bar>
  );
}

function Update({ onUpdate }: InstallationBarProps) {
  const { update } = useInstallation();
  const isTraining = isBusy(useLabStatus());
  const [isPutOff, setPutOff] = useState(false);
  if (!update || isPutOff) return null;
  const blocked = isTraining ? 'Training is under way. Pause it, or wait until it ends.' : undefined;
  return (
    <Bar
      name="Update"
      title="A new version is ready."
      actions={
        <>
          <Button variant="outline" blocked={blocked} onClick={onUpdate}>
            Update now
          </Button>
          <Button variant="quiet" onClick={() => setPutOff(true)}>
            Later
          </Button>
        </>
      }
    >
      {blocked ?? 'Updating reloads the page; your network and your runs stay.'}
    </Bar>
  );
}

/** On a phone, where the header has no room for the device: the reload that gives training all threads. */
function Threads() {
  const installation = useInstallation();
  const backend = useDevice(({ report }) => report?.backend);
  const [isPutOff, setPutOff] = useState(false);
  const most = mostThreads(navigator.hardwareConcurrency);
  if (installation.isolated || most === 1 || backend !== 'wasm' || isPutOff) return null;
  const { afterReload } = threadsAdvice(installation, most);
  if (afterReload === null) return null;
  return (
    <Bar
      name="Threads"
      title="Training has 1 thread."
      className="on-phone"
      actions={
        <>
          <Button variant="outline" onClick={() => location.reload()}>
            Reload for all {afterReload} threads
          </Button>
          <Button variant="quiet" onClick={() => setPutOff(true)}>
            Later
          </Button>
        </>
      }
    >
      The server of this page does not allow more, but the app has now set it up.
    </Bar>
  );
}

interface BarProps {
  readonly className?: string;
  readonly name: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

function Bar({ className, name, title, children, actions }: BarProps) {
  return (
    <div className={classNames('installation-bar', className)}>
      <Icon name="info" />
      <p role="status" aria-label={name}>
        <b>{title}</b> {children}
      </p>
      {actions}
    </div>
  );
}
