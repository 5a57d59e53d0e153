import { useContext, useEffect } from 'react';
import { InstallationBar } from '../features/installation/InstallationBar.tsx';
import { InstallationContext } from '../features/installation.ts';
import { useLab } from '../features/lab.tsx';
import { startUpdate, watchInstallation } from './installed.ts';

/** Has the browser keep the app, once the page shows, and says how that stands where it matters. */
export function InstalledBar() {
  const store = useContext(InstallationContext);
  const { dataSet, runs } = useLab();
  useEffect(() => watchInstallation({ store, dataSet, runs }), [store, dataSet, runs]);
  return <InstallationBar onUpdate={() => void startUpdate()} />;
}
