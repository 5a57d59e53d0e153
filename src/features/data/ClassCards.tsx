import { useState } from 'react';
import { countOf } from '../../core/text/nouns.ts';
import type { FoundFile } from '../../protocol/reading/reading.ts';
import { Button } from '../../ui/form/Button.tsx';
import { CardCamera } from './CardCamera.tsx';
import { ClassCardView } from './ClassCardView.tsx';
import { StepsEnd } from './StepsEnd.tsx';
import { type ClassCard, cardOf } from './use-class-cards.ts';
import './class-cards.css';

/** As many classes as a data set may have. */
const MOST_CLASSES = 100;

/** Props of {@link ClassCards}. */
export interface ClassCardsProps {
  readonly list: readonly ClassCard[];
  /** Why they could not be read; null where they were not. */
  readonly refusal: string | null;
  readonly onChange: (list: readonly ClassCard[]) => void;
  /** The pictures, each in a folder that is called as its class. */
  readonly onDone: (files: readonly FoundFile<File>[]) => void;
}

/** Classes that are named here, with pictures that are dropped on them, chosen, or taken with the camera. */
export function ClassCards({ list, refusal, onChange, onDone }: ClassCardsProps) {
  const [camera, setCamera] = useState<MediaStream | 'none' | null>(null);
  const change = (id: number, changed: Partial<ClassCard>) =>
    onChange(list.map((card) => (card.id === id ? { ...card, ...changed } : card)));
  const problem = problemOf(list);
  return (
    <div className="steps">
      <p>
        <b>Name your classes</b>, and drop pictures on each card, choose files, or take pictures with the camera: about
        20 of each class are a beginning.
      </p>
      <CardCamera stream={camera} onStream={setCamera} />
      <ul className="class-cards" aria-label="Classes">
        {list.map((card) => (
          <ClassCardView
            key={card.id}
            card={card}
            camera={camera instanceof MediaStream ? camera : null}
            onName={(name) => change(card.id, { name })}
            onPictures={(pictures) => change(card.id, { pictures })}
            {...(list.length > 2 && { onRemove: () => onChange(list.filter(({ id }) => id !== card.id)) })}
          />
        ))}
      </ul>
      <StepsEnd
        refusal={refusal}
        start={
          <Button
            variant="outline"
            icon="plus"
            disabled={list.length >= MOST_CLASSES}
            onClick={() => onChange([...list, cardOf(1 + Math.max(...list.map(({ id }) => id)))])}
          >
            Another class
          </Button>
        }
      >
        <Button variant="primary" blocked={problem} onClick={() => onDone(filesOf(list))}>
          Go on
        </Button>
      </StepsEnd>
    </div>
  );
}

function problemOf(list: readonly ClassCard[]): string | undefined {
  const names = list.map(({ name }) => name.trim());
  if (names.includes('')) return 'A class has no name.';
  if (names.some((name) => name.includes('/'))) return 'Names of classes have no slash.';
  if (new Set(names).size < names.length) return 'Two classes have the same name.';
  const few = list.find(({ pictures }) => pictures.length < 2);
  return few && `${few.name} has ${countOf(few.pictures.length, { one: 'picture', many: 'pictures' })}; it needs two.`;
}

/** Numbered, because two pictures may have the same name. */
function filesOf(list: readonly ClassCard[]): readonly FoundFile<File>[] {
  return list.flatMap(({ name, pictures }) =>
    pictures.map((contents, number) => ({ path: `${name.trim()}/${number + 1}-${contents.name}`, contents })),
  );
}
