import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Embed, EmbedContext } from '../features/embedder.ts';
import { LabContext } from '../features/lab.tsx';
import '../ui/base/tokens.css';
import '../ui/base/base.css';
import { openLab } from './open-lab.ts';
import { Page } from './Page.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

/** Loaded when the first map is drawn. */
const embed: Embed = async (question, control) => (await import('./embedder.ts')).embed(question, control);

createRoot(root).render(
  <StrictMode>
    <LabContext value={openLab()}>
      <EmbedContext value={embed}>
        <Page />
      </EmbedContext>
    </LabContext>
  </StrictMode>,
);
