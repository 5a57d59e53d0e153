import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EmbedContext } from '../features/embedder.ts';
import { LabContext } from '../features/lab.tsx';
import '../ui/base/tokens.css';
import '../ui/base/base.css';
import { embed } from './embedder.ts';
import { openLab } from './open-lab.ts';
import { Page } from './Page.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <LabContext value={openLab()}>
      <EmbedContext value={embed}>
        <Page />
      </EmbedContext>
    </LabContext>
  </StrictMode>,
);
