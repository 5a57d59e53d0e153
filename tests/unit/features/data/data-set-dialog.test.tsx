import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useContext } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OwnDataset } from '../../../../src/core/dataset/own-dataset.ts';
import { DataSetDialog } from '../../../../src/features/data/DataSetDialog.tsx';
import { OwnDataContext, type Reading } from '../../../../src/features/own-data.ts';
import type { IdxSurvey } from '../../../../src/protocol/reading/images.ts';
import { newRun } from '../../../../src/state/run.ts';
import { TREES } from '../../../fixtures/specs/table.ts';
import { PanelLab, press } from '../../support/panel-lab.tsx';

const SURVEY: IdxSurvey = {
  kind: 'idx',
  title: 'Signs',
  height: 8,
  width: 8,
  channels: 1,
  train: 100,
  test: 20,
  classes: ['Stop', 'Go'],
  isTransposed: false,
  previews: [],
  leftOut: [],
};

const OWN: OwnDataset = { spec: { ...TREES, id: 'trees-0123abcd' }, bytes: 12_000, made: 0 };

const reading = { survey: vi.fn<Reading['survey']>(), preview: vi.fn(), make: vi.fn<Reading['make']>(), end: vi.fn() };
const remove = vi.fn();
const onClose = vi.fn();
let page: PanelLab;
let kept: readonly OwnDataset[];

/** The dialog with data sets of the user's own, of which `OWN` is one. */
function Shown() {
  const nowhere = useContext(OwnDataContext);
  const ownData = {
    ...nowhere,
    read: () => reading,
    list: async () => ({ sets: kept, newer: 0, unreadable: 0 }),
    remove,
  };
  return (
    <OwnDataContext value={ownData}>
      <DataSetDialog incoming={null} onClose={onClose} />
    </OwnDataContext>
  );
}

beforeEach(() => {
  vi.clearAllMocks();
  kept = [OWN];
  reading.survey.mockResolvedValue(SURVEY);
  remove.mockImplementation(async () => {
    kept = [];
  });
  page = new PanelLab();
});
afterEach(cleanup);

const dialog = () => screen.getByRole('dialog', { name: 'Data set' });

/** The buttons of the row that ends the dialog. */
function lastRow(): readonly (string | null)[] {
  const row = [...dialog().querySelectorAll<HTMLElement>('.acts')].filter((each) => each.closest('[hidden]') === null);
  expect(row).toHaveLength(1);
  return row.flatMap((each) => within(each).getAllByRole('button')).map(({ textContent }) => textContent);
}

async function openFile(): Promise<void> {
  const files = [new File(['x'], 'signs.idx')];
  await act(async () => void fireEvent.change(screen.getByLabelText('Open data files'), { target: { files } }));
}

test('a step has one row of buttons, of which the last goes on; a refusal stands there, too', async () => {
  page.show(<Shown />);
  expect(lastRow()).toEqual(['Close']);
  await openFile();
  expect(lastRow()).toEqual(['Cancel', 'Open']);
  reading.make.mockRejectedValue(new Error('There is no room for it.'));
  await act(async () => press('Open'));
  expect(screen.getByRole('alert').closest('.acts')?.textContent).toContain('There is no room for it.');
  expect(lastRow()).toEqual(['Cancel', 'Open']);
  await act(async () => press('Cancel'));
  expect(lastRow()).toEqual(['Close']);
  expect(onClose).not.toHaveBeenCalled();
});

test('while a data set is made there is Cancel only', async () => {
  page.show(<Shown />);
  await openFile();
  reading.make.mockReturnValue(new Promise(() => {}));
  await act(async () => press('Open'));
  expect(lastRow()).toEqual(['Cancel']);
});

test('classes that are put together by hand have one row as well', async () => {
  page.show(<Shown />);
  press('Name classes and take pictures');
  expect(lastRow()).toEqual(['Another class', 'Cancel', 'Go on']);
  press('Cancel');
  expect(lastRow()).toEqual(['Close']);
});

test('before one is deleted it is said what happens to its runs, and that an open one stays open', async () => {
  page.show(<Shown />);
  const { runs, openDataset } = page.lab;
  const draft = { ...page.lab.draft.store.getState(), dataset: OWN.spec };
  act(() => runs.store.setState({ earlier: [2, 1].map((number) => newRun(number, draft, 'Trees')) }));
  act(() => openDataset({ baseUrl: OWN.spec.id, expected: OWN.spec, pretrainedUrl: null }));
  await waitFor(() => press('Delete Trees'));
  const question = screen.getByRole('alert');
  expect(question.textContent?.replaceAll('\u202f', ' ')).toMatch(
    /^Delete Trees \(12 KB\) from this browser\? Your own files stay where they are; your test set for it goes with it\. 2 runs were trained on it\. They stay in the table with their curves and figures, but cannot be restored or continued\. It is open now, and stays open until /,
  );
  fireEvent.click(within(question).getByRole('button', { name: 'Keep' }));
  expect(remove).not.toHaveBeenCalled();
  press('Delete Trees');
  await act(async () => press('Delete'));
  expect(remove).toHaveBeenCalledExactlyOnceWith(OWN.spec.id);
  expect(screen.queryByText('Your own')).toBeNull();
});
