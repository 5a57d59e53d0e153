import { useState } from 'react';

/** A class that is put together by hand. */
export interface ClassCard {
  /** Stays the same while its name is typed. */
  readonly id: number;
  readonly name: string;
  readonly pictures: readonly File[];
}

/** Classes that are put together by hand; null where there are none. */
export interface ClassCardsControls {
  readonly list: readonly ClassCard[] | null;
  /** Begins with two classes, of which the first has these pictures. Where there are cards, they come to the first one. */
  open(pictures: readonly File[]): void;
  change(list: readonly ClassCard[]): void;
  close(): void;
}

/** The state of the class cards. */
export function useClassCards(): ClassCardsControls {
  const [list, setList] = useState<readonly ClassCard[] | null>(null);
  return {
    list,
    open: (pictures) =>
      setList((cards) => {
        const [first = cardOf(0), ...rest] = cards ?? [cardOf(0), cardOf(1)];
        return [{ ...first, pictures: [...first.pictures, ...pictures] }, ...rest];
      }),
    change: setList,
    close: () => setList(null),
  };
}

/** A class without pictures. */
export function cardOf(id: number): ClassCard {
  return { id, name: `Class ${id + 1}`, pictures: [] };
}
