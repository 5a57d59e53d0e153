import { type ChangeEvent, type DragEvent, useEffect, useState } from 'react';
import { countText } from '../../core/text/number-text.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { areLoosePictures, droppedFiles } from './found-files.ts';
import { HoldButton } from './HoldButton.tsx';
import type { ClassCard } from './use-class-cards.ts';

/** The newest pictures of a class are shown. */
const SHOWN = 6;

/** Props of {@link ClassCardView}. */
export interface ClassCardViewProps {
  readonly card: ClassCard;
  /** What the camera sees; null where it is not in use. */
  readonly camera: MediaStream | null;
  readonly onName: (name: string) => void;
  readonly onPictures: (pictures: readonly File[]) => void;
  readonly onRemove?: () => void;
}

/** A class: its name, its pictures, and the ways to more of them. */
export function ClassCardView({ card, camera, onName, onPictures, onRemove }: ClassCardViewProps) {
  const { name, pictures } = card;
  const [isOver, setIsOver] = useState(false);
  const add = (more: readonly File[]) => onPictures([...pictures, ...more]);
  const drop = async (data: DataTransfer) => {
    const found = await droppedFiles(data);
    add(
      found.filter((file) => areLoosePictures([{ ...file, path: file.contents.name }])).map(({ contents }) => contents),
    );
  };
  const over = (event: DragEvent, isOverNow: boolean) => {
    event.preventDefault();
    setIsOver(isOverNow);
  };
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    add(Array.from(currentTarget.files ?? []));
    currentTarget.value = '';
  };
  return (
    <li
      className={classNames('class-card', isOver && 'drop-zone-over')}
      onDragOver={(event) => over(event, true)}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        over(event, false);
        void drop(event.dataTransfer);
      }}
    >
      <div className="class-card-head">
        <input
          className="inp"
          aria-label="Name of the class"
          maxLength={60}
          value={name}
          onChange={({ currentTarget }) => onName(currentTarget.value)}
        />
        <span className="num" role="status" aria-label={`Pictures of ${name}`}>
          {countText(pictures.length)}
        </span>
        {onRemove && <Button variant="quiet" size="sm" icon="trash" label={`Remove ${name}`} onClick={onRemove} />}
      </div>
      <div className="class-card-pictures">
        {pictures.slice(-SHOWN).map((picture, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: pictures are only added at the end.
          <Thumbnail key={place} picture={picture} />
        ))}
      </div>
      <div className="drop-buttons">
        <label className="btn btn-line btn-sm">
          <Icon name="upload" size="sm" />
          Add pictures
          <input className="vh" type="file" accept="image/*" multiple onChange={choose} />
        </label>
        {camera !== null && <HoldButton camera={camera} name={name} onPicture={(picture) => add([picture])} />}
        {pictures.length > 0 && (
          <Button variant="quiet" size="sm" onClick={() => onPictures(pictures.slice(0, -1))}>
            Take back the last
          </Button>
        )}
      </div>
    </li>
  );
}

function Thumbnail({ picture }: { readonly picture: File }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return <img className="class-card-picture" src={address} alt="" />;
}
