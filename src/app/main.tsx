// The one script that the page starts with is gone through after the first paint, in three tasks, between which a phone draws and answers.
import './after-paint.ts';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import './after-react.ts';
import { openLab } from './open-lab.ts';
import './after-state.ts';
import { type Embed, EmbedContext } from '../features/embedder.ts';
import { LabContext } from '../features/lab.tsx';
import { LabFilesContext } from '../features/lab-files.ts';
import { LessonNotesContext } from '../features/lesson-notes.ts';
import { OwnDataContext } from '../features/own-data.ts';
import '../ui/base/tokens.css';
import '../ui/base/base.css';
import './opening.css';
import { KeptContext } from './kept-context.ts';
import { lessonNotes } from './kept-lessons.ts';
import { labFiles } from './lab-files.ts';
import { OWN_DATA } from './own-data.ts';
import { Page } from './Page.tsx';
import { PageBoundary } from './PageBoundary.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

/** Loaded when the first map is drawn. */
const embed: Embed = async (question, control) => (await import('./embedder.ts')).embed(question, control);

void openLab().then(({ lab, kept }) =>
  // Drawn in parts, between which the browser gets its turns.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <LabContext value={lab}>
          <EmbedContext value={embed}>
            <KeptContext value={kept}>
              <LabFilesContext value={labFiles(lab, kept)}>
                <LessonNotesContext value={lessonNotes(kept)}>
                  <OwnDataContext value={OWN_DATA}>
                    <PageBoundary>
                      <Page />
                    </PageBoundary>
                  </OwnDataContext>
                </LessonNotesContext>
              </LabFilesContext>
            </KeptContext>
          </EmbedContext>
        </LabContext>
      </StrictMode>,
    ),
  ),
);
