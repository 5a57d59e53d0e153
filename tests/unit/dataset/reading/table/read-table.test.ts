import { expect, test } from 'vitest';
import { textAt } from '../../../../../src/dataset/reading/table/column.ts';
import { type ReadTable, readTable } from '../../../../../src/dataset/reading/table/read-table.ts';

function read(...parts: BlobPart[]): Promise<ReadTable> {
  return readTable(new Blob(parts), () => {});
}

/** Names and texts of a table, row by row; null where a cell is missing. */
function cellsOf({ table }: ReadTable) {
  const rows = Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => textAt(column, row)));
  return [table.columns.map(({ name }) => name), ...rows];
}

function numbersOf({ table }: ReadTable, at = 0) {
  return Array.from(table.columns[at]?.numbers ?? []);
}

const PLAIN = [
  ['a', 'b'],
  ['1', 'x'],
  ['2', 'y'],
];

test.each([
  ['commas', 'a,b\n1,x\n2,y\n'],
  ['semicolons', 'a;b\n1;x\n2;y'],
  ['tabs', 'a\tb\n1\tx\n2\ty'],
  ['line ends of Windows', 'a,b\r\n1,x\r\n2,y\r\n'],
  ['line ends of old Macs', 'a,b\r1,x\r2,y'],
  ['a byte order mark', '\uFEFFa,b\n1,x\n2,y'],
  ['quotation marks', '"a","b"\n"1","x"\n"2","y"'],
  ['empty lines and spaces', '\n a , b \n\n1, x\n2 ,y\n\n'],
  ['a delimiter too many at the end', 'a,b\n1,x,\n2,y, \n'],
])('reads a table with %s', async (_, text) => {
  expect(cellsOf(await read(text))).toEqual(PLAIN);
});

test('reads delimiters, quotation marks and line breaks in quoted cells', async () => {
  const found = await read('a,b\n"1,5","she said ""no"""\n2,"two\r\nlines"\n');
  expect(cellsOf(found)).toEqual([
    ['a', 'b'],
    ['1,5', 'she said "no"'],
    ['2', 'two\nlines'],
  ]);
});

test('reads decimal commas where the delimiter is none, and thousands', async () => {
  expect(numbersOf(await read('a;b\n1,5;x\n-0,25;y\n1.234,5;z\n2.5;z\n'))).toEqual([1.5, -0.25, 1234.5, 2.5]);
  expect(numbersOf(await read('a,b\n"1,234.5",x\n"12,5",y\n1e3,z\n'))).toEqual([1234.5, Number.NaN, 1000]);
});

test('reads UTF-16 and the older encoding of Windows, and says so', async () => {
  const utf16 = Uint8Array.from('\uFEFFa,é\n1,ö\n', (c) => c.charCodeAt(0));
  const wide = new Uint8Array(new Uint16Array(utf16).buffer);
  wide.set([0xff, 0xfe]);
  expect(cellsOf(await read(wide))).toEqual([
    ['a', 'é'],
    ['1', 'ö'],
  ]);
  const latin = await read(Uint8Array.from('a,é\n1,ö\n', (c) => c.charCodeAt(0)));
  expect(cellsOf(latin)).toEqual([
    ['a', 'é'],
    ['1', 'ö'],
  ]);
  expect(latin.notes.join()).toContain('not in UTF-8');
});

test('takes what stands for nothing as missing, and infinite numbers as no numbers', async () => {
  const found = await read('a,b\n,x\nNA,x\nNaN,x\n?,x\n-,x\nn/a,x\nInfinity,x\n-inf,x\n1e999,x\n-3,x\n');
  expect(numbersOf(found).filter((number) => !Number.isNaN(number))).toEqual([-3]);
  expect(found.table.columns[0]).toMatchObject({ missing: 6, notNumbers: 3 });
});

test('leaves formulas as the texts that they are', async () => {
  expect(cellsOf(await read('a,b\n=SUM(A1),1\n+cmd|x,2\n'))[1]).toEqual(['=SUM(A1)', '1']);
});

test('leaves rows of another length out, and says which', async () => {
  const found = await read('a,b\n1,x\n2\n3,y,z\n4,w\n');
  expect(cellsOf(found)).toEqual([
    ['a', 'b'],
    ['1', 'x'],
    ['4', 'w'],
  ]);
  expect(found.leftOut).toEqual([
    { what: 'Row 3', why: 'has 1 cell, and there are 2 columns' },
    { what: 'Row 4', why: 'has 3 cells, and there are 2 columns' },
  ]);
});

test('gives columns without a name or with the same one names of their own', async () => {
  const found = await read(`a,,a,a,${'long '.repeat(30)}\n1,2,3,4,5\n`);
  const [names = []] = cellsOf(found);
  expect(names.slice(0, 4)).toEqual(['a', 'Column 2', 'a (2)', 'a (3)']);
  expect(String(names[4]).length).toBeLessThanOrEqual(60);
  expect(found.notes).toHaveLength(2);
});

test('names columns where the first row has numbers only', async () => {
  expect(cellsOf(await read('1,2\n3,4\n'))).toEqual([
    ['Column 1', 'Column 2'],
    ['1', '2'],
    ['3', '4'],
  ]);
});

test.each([
  ['an empty file', '', 'This file is empty.'],
  ['empty lines', '\n\n  \n', 'This file is empty.'],
  ['names without rows', 'a,b\n', 'no complete row below them'],
  ['10,000 columns', `${'a,'.repeat(9999)}a\n`, 'This table has 10,000 columns, and at most 1,000 can be opened.'],
  ['bytes that are no text', 'a,b\0\0\n1,2\n', 'This file is not text'],
  ['a workbook', 'PK\x03\x04...', 'This file is a workbook or a zip'],
])('refuses %s with a sentence', async (_, text, sentence) => {
  await expect(read(text)).rejects.toThrow(sentence);
});

test('refuses a header of two gigabytes after the first million characters', async () => {
  let asked = 0;
  const piece = new TextEncoder().encode('column,'.repeat(150_000)).slice(0, 1_000_000);
  const endless = {
    size: 2e9,
    slice: () => {
      asked++;
      return { arrayBuffer: async () => piece.buffer };
    },
  };
  await expect(readTable(endless, () => {})).rejects.toThrow('longer than a million characters');
  expect(asked).toBeLessThan(5);
});

test('refuses a quotation mark that is never closed', async () => {
  await expect(read('a,b\n1,"x\n', '2,y\n'.repeat(400_000))).rejects.toThrow('a quotation mark is never closed');
});

test('reads rows that are cut in two between pieces of the file, whatever is cut', async () => {
  const row = 'élan,"a ""quoted"" cell, with a comma",1.5\r\n';
  const rows = 60_000;
  const found = await read('word,text,number\r\n', row.repeat(rows));
  expect(found.table.rows).toBe(rows);
  expect(found.leftOut).toEqual([]);
  expect(found.table.columns.map(({ texts }) => texts)).toEqual([['élan'], ['a "quoted" cell, with a comma'], ['1.5']]);
});

test('tells how far it is', async () => {
  const seen: number[] = [];
  const file = new Blob(['a,b\n', '1,2\n'.repeat(600_000)]);
  await readTable(file, (done, total) => {
    expect(total).toBe(file.size);
    seen.push(done);
  });
  expect(seen).toEqual([1_000_000, 2_000_000, file.size]);
});

test('takes a line break of Windows in a cell for one, also where it is cut between pieces', async () => {
  // The piece ends between \r and \n.
  const before = `a,b\n${'1,2\n'.repeat(249_996)}"${'x'.repeat(10)}\r`;
  expect(before).toHaveLength(1_000_000);
  const found = await read(before, '\ny",2\n');
  expect(found.table.columns[0]?.texts).toEqual(['1', `${'x'.repeat(10)}\ny`]);
});
