import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { TableChoices, TableSurvey } from '../../../../src/core/dataset/table-reading.ts';
import { type Table, tableOf } from '../../../../src/dataset/reading/table/column.ts';
import { previewTable } from '../../../../src/dataset/reading/table/preview.ts';
import { suggestionsFor } from '../../../../src/dataset/reading/table/suggest.ts';
import { surveyColumns } from '../../../../src/dataset/reading/table/survey.ts';
import { TableSteps } from '../../../../src/features/data/TableSteps.tsx';
import type { ReadingChoices } from '../../../../src/protocol/reading/reading.ts';

afterEach(cleanup);

/** What an element says, with spaces of one kind. */
function textOf(element: Element | undefined): string {
  return (element?.textContent ?? '').replaceAll('\u202f', ' ');
}

function penguins(): Table {
  const cells = Array.from({ length: 90 }, (_, i) => [
    String(i),
    ['Biscoe', 'Dream'][i % 2] ?? '',
    i % 9 === 0 ? '' : (40 + (i % 13) / 2).toFixed(1),
    String(3000 + 37 * i),
    ['Adelie', 'Gentoo', 'Chinstrap'][i % 3] ?? '',
  ]);
  return tableOf(['No', 'Island', 'Beak', 'Mass', 'Species'], cells);
}

function surveyOf(table: Table): TableSurvey {
  const columns = surveyColumns(table);
  const suggestions = suggestionsFor('Penguins', columns);
  return { kind: 'table', title: 'Penguins', rows: table.rows, columns, leftOut: [], notes: [], suggestions };
}

function show(table: Table, refusal: string | null = null) {
  const onMake = vi.fn<(choices: ReadingChoices) => void>();
  const asked: TableChoices[] = [];
  const onPreview = async (choices: ReadingChoices) => {
    if (choices.kind !== 'table') throw new Error('These are no choices for a table.');
    asked.push(choices);
    return previewTable(table, choices);
  };
  render(<TableSteps survey={surveyOf(table)} refusal={refusal} onPreview={onPreview} onMake={onMake} />);
  const choose = (label: string, option: string) => {
    const select = screen.getByLabelText(label);
    const value = within(select).getByRole<HTMLOptionElement>('option', { name: option }).value;
    fireEvent.change(select, { target: { value } });
  };
  const open = () => {
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    return onMake.mock.lastCall?.[0];
  };
  const result = () => screen.getByRole('region', { name: 'What comes of it' });
  return { asked, choose, open, result };
}

test('a table is shown with what its columns hold, what they become, and what comes of the rows', async () => {
  const { result, open } = show(penguins());
  const [number, island, beak] = screen.getAllByRole('listitem');
  expect(textOf(number)).toContain('It numbers the rows: a network could only memorise them.');
  expect(textOf(island)).toContain('categories · 2 different');
  expect(textOf(beak)).toContain('11.1 % missing');
  expect(screen.getByRole('img', { name: /^Mass: 3,000 to 6,293/ })).toBeDefined();
  await waitFor(() => expect(textOf(result())).toContain('72 rows to train on and 18 to test on, each of 4 values.'));
  expect(textOf(result())).toContain('Gentoo33.3 %');
  expect(textOf(island)).toContain('Biscoe → 1 in place 1 of 2');
  expect(textOf(beak)).toMatch(/missing → −?0.*missing becomes 43/);
  expect(open()).toMatchObject({ kind: 'table', title: 'Penguins', answer: { column: 4, threshold: null } });
});

test('roles and treatments are chosen column by column', async () => {
  const { choose, open, result } = show(penguins());
  choose('Role of Island', 'Ignored');
  choose('Scale of Mass', 'As it is');
  choose('Missing Beak', 'Missing: drop row');
  await waitFor(() => expect(textOf(result())).toContain('10 rows that have no Beak are dropped.'));
  expect(open()).toMatchObject({
    features: [
      { column: 2, as: 'number', standardise: true, missing: 'drop' },
      { column: 3, as: 'number', standardise: false },
    ],
  });
});

test('another answer makes the former one a feature; many numbers are divided in two', async () => {
  const { choose, open, result } = show(penguins());
  choose('Answer', 'Mass');
  expect(screen.getByLabelText<HTMLInputElement>('Divided at').value).toBe('4646.5');
  await waitFor(() => expect(textOf(result())).toContain('below 4646.550.0 %'));
  const { features, answer } = open() as TableChoices;
  expect(answer).toEqual({ column: 3, threshold: 4646.5 });
  expect(features.map(({ column }) => column)).toEqual([1, 2, 4]);
});

test('what does not work out is said where the rest would stand', async () => {
  const { choose, result } = show(penguins());
  for (const name of ['Island', 'Beak', 'Mass']) choose(`Role of ${name}`, 'Ignored');
  await waitFor(() =>
    expect(textOf(within(result()).getByRole('alert'))).toContain('No column is left for the network'),
  );
});

test('the last refusal is told beside the button', () => {
  show(penguins(), 'The browser has no room left for this data set.');
  expect(textOf(screen.getByRole('alert'))).toContain('no room left');
});

test('of very many columns a page is shown, and the choices of others stay', async () => {
  const names = [...Array.from({ length: 60 }, (_, i) => `x${i}`), 'class'];
  const rows = Array.from({ length: 40 }, (_, row) =>
    names.map((_, i) => (i === 60 ? ('ab'[row % 2] ?? '') : String((row * 7 + i) % 31))),
  );
  const { choose, open } = show(tableOf(names, rows));
  const columns = () => within(screen.getByRole('list', { name: 'Columns' })).getAllByRole('listitem');
  expect(columns()).toHaveLength(24);
  choose('Role of x3', 'Ignored');
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(textOf(columns()[0])).toContain('x24');
  fireEvent.click(screen.getByRole('button', { name: 'Next' }));
  expect(columns()).toHaveLength(13);
  const made = open() as TableChoices;
  expect(made.features).toHaveLength(59);
  expect(made.features.some(({ column }) => column === 3)).toBe(false);
});
