import type { NamedTensor } from './tensor.ts';

/** An HDF5 group: what is in it, by name. */
export interface Hdf5Group {
  readonly groups: Map<string, Hdf5Group>;
  readonly datasets: Map<string, NamedTensor>;
}

/** Tensors whose names are paths, such as `layers/dense/vars/0`, as groups in groups. */
export function groupsOf(tensors: readonly NamedTensor[]): Hdf5Group {
  const root: Hdf5Group = { groups: new Map(), datasets: new Map() };
  for (const tensor of tensors) {
    const path = tensor.name.split('/');
    const own = path.pop() ?? '';
    const place = path.reduce((group, name) => {
      const next = group.groups.get(name) ?? { groups: new Map(), datasets: new Map() };
      group.groups.set(name, next);
      return next;
    }, root);
    place.datasets.set(own, tensor);
  }
  return root;
}

const UNDEFINED = 0xffff_ffff_ffff_ffffn;
const SUPERBLOCK_BYTES = 96;
const MESSAGE = { dataspace: 1, linkInfo: 2, datatype: 3, fill: 5, link: 6, layout: 8, groupInfo: 10 } as const;

/** A 32-bit IEEE float, the lower byte first: class 1 of version 1, the places and sizes of sign, exponent and mantissa. */
const FLOAT32 = [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0];

/**
 * A file in the form HDF5 1.8 and newer read: superblock of version 0, object headers of version 1, groups as links in their
 * headers, and numbers one after another. https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export function hdf5File(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [new Uint8Array(SUPERBLOCK_BYTES)];
  let end = SUPERBLOCK_BYTES;
  const put = (bytes: Uint8Array): number => {
    const start = end;
    const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8);
    padded.set(bytes);
    parts.push(padded);
    end += padded.length;
    return start;
  };
  const putGroup = ({ groups, datasets }: Hdf5Group): number => {
    const links = [
      ...[...groups].map(([name, group]) => [name, putGroup(group)] as const),
      ...[...datasets].map(([name, tensor]) => [name, putDataset(tensor, put)] as const),
    ];
    return put(
      objectHeader([
        message(MESSAGE.linkInfo, [0, 0, ...long(UNDEFINED), ...long(UNDEFINED)]),
        message(MESSAGE.groupInfo, [0, 0]),
        ...links.map(([name, address]) => message(MESSAGE.link, linkOf(name, address))),
      ]),
    );
  };
  const start = putGroup(root);
  const file = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  file.set(superblock(start, end));
  return file;
}

function putDataset({ shape, values }: NamedTensor, put: (bytes: Uint8Array) => number): number {
  const numbers = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, i) => {
    numbers.setFloat32(4 * i, value, true);
  });
  const address = put(new Uint8Array(numbers.buffer));
  return put(
    objectHeader([
      message(MESSAGE.dataspace, [
        1,
        shape.length,
        0,
        0,
        0,
        0,
        0,
        0,
        ...shape.flatMap((extent) => long(BigInt(extent))),
      ]),
      message(MESSAGE.datatype, FLOAT32),
      // Space is there from the beginning, and nothing stands for numbers that were never written.
      message(MESSAGE.fill, [2, 2, 2, 0]),
      message(MESSAGE.layout, [3, 1, ...long(BigInt(address)), ...long(BigInt(values.byteLength))]),
    ]),
  );
}

/** A hard link of version 1, to the header at an address. */
function linkOf(name: string, address: number): readonly number[] {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length > 255) throw new RangeError(`${name} is too long for a name of HDF5.`);
  return [1, 0, bytes.length, ...bytes, ...long(BigInt(address))];
}

function message(type: number, data: readonly number[]): Uint8Array {
  const size = Math.ceil(data.length / 8) * 8;
  const bytes = new Uint8Array(8 + size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, type, true);
  view.setUint16(2, size, true);
  bytes.set(data, 8);
  return bytes;
}

function objectHeader(messages: readonly Uint8Array[]): Uint8Array {
  const size = messages.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(16 + size);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint16(2, messages.length, true);
  // One link leads here.
  view.setUint32(4, 1, true);
  view.setUint32(8, size, true);
  let at = 16;
  for (const each of messages) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

/** What a file begins with: sizes of 8 bytes for places and lengths, its own length, and where the header of the root is. */
function superblock(root: number, end: number): Uint8Array {
  const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
  const head = [0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0, 0, 0, 0, 0];
  const addresses = [0n, UNDEFINED, BigInt(end), UNDEFINED].flatMap(long);
  const entry = [...long(0n), ...long(BigInt(root)), ...long(0n), ...long(0n), ...long(0n)];
  return Uint8Array.from([...signature, ...head, ...addresses, ...entry]);
}

/** Eight bytes, the lowest first. */
function long(value: bigint): readonly number[] {
  return Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
}
