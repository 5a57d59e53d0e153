import { useMemo, useState } from 'react';
import { at } from '../../core/at.ts';
import type { Picture } from '../../core/imaging/picture.ts';
import { SAMPLE_SIDES, type SampleForm, sampleOf } from '../../core/imaging/sample.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import type { ImagesSurvey } from '../../protocol/reading/images.ts';
import { SelectField } from '../../ui/form/SelectField.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import { Previews } from './Previews.tsx';
import { type CommonChoices, DivisionFields, OpenButton, TitleField } from './StepFields.tsx';
import type { StepsProps } from './steps-props.ts';

const SIDES = SAMPLE_SIDES.map((value) => ({ value, label: `${value}×${value} pixels` }));

const COLOURS: readonly { readonly value: 1 | 3; readonly label: string }[] = [
  { value: 3, label: 'In colour (RGB)' },
  { value: 1, label: 'Gray' },
];

const FITS: readonly { readonly value: 'fit' | 'crop'; readonly label: string }[] = [
  { value: 'fit', label: 'Whole, with black edges' },
  { value: 'crop', label: 'The square in the middle' },
];

/** What pictures become: their size, their colour, what is tested on; with some of them as the network would see them. */
export function ImagesSteps({ survey, refusal, onMake }: StepsProps<ImagesSurvey>) {
  const { classes, isDivided, previews, leftOut } = survey;
  const [form, setForm] = useState<SampleForm>(() => formFor(previews.map(({ picture }) => picture)));
  const [common, setCommon] = useState<CommonChoices>({ title: survey.title, testShare: 0.2, seed: 1 });
  const samples = useMemo(
    () => previews.map(({ label, picture }) => ({ label, pixels: sampleOf(picture, form) })),
    [previews, form],
  );
  const size = { height: form.side, width: form.side, channels: form.channels };
  const pictures = classes.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="steps">
      <p>
        <b>
          {countOf(pictures, { one: 'picture', many: 'pictures' })} of {countText(classes.length)} classes
        </b>{' '}
        {isDivided ? 'in folders for training and for testing' : 'in a folder for each class'}. Below are some of them
        as the network would see them.
      </p>
      <Previews classes={classes} samples={samples} size={size} />
      <div className="steps-fields">
        <TitleField value={common.title} onChange={(title) => setCommon({ ...common, title })} />
        <SelectField
          label="Size of a sample"
          explanation="Larger samples show more, and take longer to train."
          choices={SIDES}
          value={form.side}
          onChange={(side) => setForm({ ...form, side })}
        />
        <SelectField
          label="Colour"
          choices={COLOURS}
          value={form.channels}
          onChange={(channels) => setForm({ ...form, channels })}
        />
        <SelectField
          label="Pictures that are not square"
          choices={FITS}
          value={form.fit}
          onChange={(fit) => setForm({ ...form, fit })}
        />
        {!isDivided && <DivisionFields value={common} onChange={(changed) => setCommon({ ...common, ...changed })} />}
      </div>
      <LeftOutList leftOut={leftOut} />
      <OpenButton
        title={common.title}
        refusal={refusal}
        onOpen={() => onMake({ kind: 'images', ...form, ...common, title: common.title.trim() })}
      />
    </div>
  );
}

/** What is chosen at first: gray where the pictures are, and the smallest size where they are small themselves. */
function formFor(pictures: readonly Picture[]): SampleForm {
  const areSmall = pictures.every(({ width, height }) => Math.max(width, height) <= at(SAMPLE_SIDES, 0));
  const side = at(SAMPLE_SIDES, areSmall ? 0 : 1);
  return { side, channels: pictures.every(isGray) ? 1 : 3, fit: 'fit' };
}

function isGray({ data }: Picture): boolean {
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}
