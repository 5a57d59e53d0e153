import { useContext, useEffect, useState } from 'react';
import Markdown from 'react-markdown';
import type { Assignment } from '../../core/classroom/assignment.ts';
import { keptTo, type RuledField, type Rules } from '../../core/classroom/rules.ts';
import { isSameDataset } from '../../core/dataset/spec.ts';
import { analyse } from '../../core/network/graph.ts';
import { countOf, listOf } from '../../core/text/nouns.ts';
import { briefText, countText } from '../../core/text/number-text.ts';
import { OPTIMIZERS } from '../../core/training/optimizers/registry.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import { isBusy } from '../../state/runs.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { Locked } from '../Locked.tsx';
import { useDraft, useLab, useLabStatus } from '../lab.tsx';
import { type LabContents, LabFilesContext } from '../lab-files.ts';
import { LessonNotesContext } from '../lesson-notes.ts';
import { draftFor, type Finding, type Found, find, type Offer } from '../offer.ts';
import { OwnDataContext } from '../own-data.ts';
import { beginTask } from '../task-control.ts';
import './share.css';

/** Props of {@link SharedDialog}. */
export interface SharedDialogProps {
  /** A file, or the part of the address behind `#`. */
  readonly from: File | string;
  /** Opens a tab of the results, where there is one of this name. */
  readonly onTab: (tab: string) => void;
  /** An assignment was begun, by its id. */
  readonly onTask: (id: string) => void;
  readonly onClose: () => void;
}

const LAYER = { one: 'layer', many: 'layers' };
const RUN = { one: 'run', many: 'runs' };
const EPOCH = { one: 'epoch', many: 'epochs' };

type State = Finding | null;

/** What a link or a file brings, before it takes the place of the draft. */
export function SharedDialog({ from, onTab, onTask, onClose }: SharedDialogProps) {
  const state = useBrought(from);
  const [isOpening, setOpening] = useState(false);
  const open = useOpening(onTab, onTask);
  const found = state !== null && 'offer' in state ? state : null;
  const press = (what: Found) => {
    setOpening(true);
    void open(what).then(onClose);
  };
  return (
    <Dialog
      title={titleOf(from, state)}
      className="share"
      onClose={onClose}
      closeWord={found === null ? 'Close' : 'Keep mine'}
      actions={
        found !== null && (
          <Locked>
            <Button variant="primary" disabled={isOpening} onClick={() => press(found)}>
              {isOpening ? 'Opening …' : found.assignment === null ? 'Open it' : 'Begin'}
            </Button>
          </Locked>
        )
      }
    >
      {state === null && <p>Reading the {nameOf(from)} …</p>}
      {state !== null && 'problem' in state && <p role="alert">{state.problem}</p>}
      {found !== null && found.assignment !== null && <Task {...found.assignment} />}
      {found !== null &&
        ('setup' in found.offer ? (
          <Facts {...found.offer} assignment={found.assignment} />
        ) : (
          <p role="alert">{found.offer.problem}</p>
        ))}
      {found !== null && found.contents !== null && <MoreOfFile {...found.contents} />}
    </Dialog>
  );
}

/** What puts in place what was found. */
function useOpening(onTab: (tab: string) => void, onTask: (id: string) => void) {
  const lab = useLab();
  const files = useContext(LabFilesContext);
  const notes = useContext(LessonNotesContext);
  return async ({ shared, offer, contents, assignment }: Found) => {
    if ('setup' in offer) {
      const { setup, source } = offer;
      if (source !== null) {
        lab.openDataset(source);
        await draftFor(setup.dataset, lab.draft.store);
      }
      if (assignment === null)
        lab.draft.replace({ ...setup, presetId: shared.presetId, change: 'open what was shared' });
      else {
        beginTask(lab, notes, assignment, setup);
        onTask(assignment.id);
      }
      onTab(shared.tab);
    }
    if (contents !== null) await (await files?.())?.adopt(contents);
  };
}

/** What an assignment says. */
function Task({ text }: Assignment) {
  return (
    <div className="shared-task">
      <Markdown disallowedElements={['img']}>{text}</Markdown>
    </div>
  );
}

/** What a link or a file brings; null until it has been read. */
function useBrought(from: File | string): State {
  const lab = useLab();
  const ownData = useContext(OwnDataContext);
  const files = useContext(LabFilesContext);
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    let isOver = false;
    void find(from, { open: lab.dataSet.store.getState().spec, ownData, files }).then((found) => {
      if (!isOver) setState(found);
    });
    return () => {
      isOver = true;
    };
  }, [from, lab, ownData, files]);
  return state;
}

function nameOf(from: File | string): string {
  return typeof from === 'string' ? 'link' : 'file';
}

function titleOf(from: File | string, state: State): string {
  if (state !== null && 'problem' in state) return `This ${nameOf(from)} cannot be opened`;
  if (state !== null && state.assignment !== null) return `Assignment: ${state.assignment.title}`;
  if (typeof from !== 'string') return `Open ${from.name}`;
  return state === null ? 'Shared network' : 'A network was shared with you';
}

interface FactsProps extends Offer {
  readonly assignment: Assignment | null;
}

/** What somebody gets, and what it does to what they have. */
function Facts({ setup, source, assignment }: FactsProps) {
  const draft = useDraft((current) => current);
  const isTraining = isBusy(useLabStatus());
  const { dataset, network, recipe } = setup;
  const { graph, totals } = analyse(network, dataset);
  const parameters = `${countText(totals.trainable + totals.nonTrainable)} parameters`;
  const isSame = isSameDataset(draft.dataset, dataset);
  const hidden: Rules = new Map([...(assignment?.rules ?? [])].filter(([, { kind }]) => kind === 'hidden'));
  const differences = isSame ? runDiff({ ...draft, recipe: keptTo(draft.recipe, recipe, hidden) }, setup) : [];
  return (
    <>
      <dl className="shared-facts">
        <dt>Data set</dt>
        <dd>{dataset.title}</dd>
        <dt>Network</dt>
        <dd>
          {countOf(network.layers.length, LAYER)}, {graph === null ? 'which do not fit together yet' : parameters}
        </dd>
        <dt>Recipe</dt>
        <dd>
          {recipeWords(recipe)
            .filter(([field]) => !hidden.has(field))
            .map(([, words]) => words)
            .join(', ') || 'not shown'}
        </dd>
        {isSame && (
          <>
            <dt>Against yours</dt>
            <dd>{differences.length === 0 ? 'the same' : diffText(differences)}</dd>
          </>
        )}
      </dl>
      <p>
        It takes the place of the network and the recipe that you are working on.{' '}
        {assignment !== null ? 'Those come back when you leave the assignment.' : 'Undo brings those back.'}
      </p>
      {source !== null && (
        <p>
          {dataset.title} is opened first.
          {isTraining && ' The run in training stops, and can continue when its own data set is open again.'}
        </p>
      )}
    </>
  );
}

/** What is most important of a recipe, by field. */
function recipeWords({ epochs, optimizer, learningRate, batchSize, seed }: Recipe): readonly [RuledField, string][] {
  return [
    ['epochs', countOf(epochs, EPOCH)],
    ['optimizer', OPTIMIZERS[optimizer.kind].title],
    ['learningRate', `learning rate ${briefText(learningRate)}`],
    ['batchSize', `batches of ${countText(batchSize)}`],
    ['seed', `seed ${seed}`],
  ];
}

/** What a file has beside the draft. */
function MoreOfFile({ runs, texts, unreadable, withoutWeights }: LabContents) {
  const drawings = texts.filter(({ kind }) => kind === 'drawing').length;
  const more = [
    ...(runs.length > 0 ? [countOf(runs.length, RUN)] : []),
    ...(drawings > 0 ? [countOf(drawings, { one: 'drawing', many: 'drawings' })] : []),
  ];
  return (
    <>
      {more.length > 0 && (
        <p>
          It also brings {listOf(more)}. Your own runs and drawings stay; a run whose number is taken gets a new one.
        </p>
      )}
      {unreadable > 0 && (
        <p className="field-error">{countOf(unreadable, RUN)} in the file cannot be read and will be left out.</p>
      )}
      {withoutWeights > 0 && (
        <p className="field-error">
          {countOf(withoutWeights, RUN)} in the file {withoutWeights === 1 ? 'has' : 'have'} weights that are no finite
          numbers. These are left out: curves and results can be looked at, but no answer can be asked for and no step
          trained.
        </p>
      )}
    </>
  );
}
