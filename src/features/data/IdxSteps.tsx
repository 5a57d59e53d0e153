import { useMemo, useState } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import type { IdxSurvey } from '../../protocol/reading/images.ts';
import { Field } from '../../ui/form/Field.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { LeftOutList } from './LeftOutList.tsx';
import { Previews } from './Previews.tsx';
import { type CommonChoices, DivisionFields, OpenButton, TitleField } from './StepFields.tsx';
import type { StepsProps } from './steps-props.ts';

/** Characters of a class's name. */
const LONGEST_NAME = 60;

/** What IDX files hold, what the classes are called, and whether the images lie on their side. */
export function IdxSteps({ survey, refusal, onMake }: StepsProps<IdxSurvey>) {
  const { height, width, channels, previews, train, test, leftOut } = survey;
  const [common, setCommon] = useState<CommonChoices>({ title: survey.title, testShare: 0.2, seed: 1 });
  const [names, setNames] = useState(survey.classes.join('\n'));
  const [transposes, setTransposes] = useState(survey.isTransposed);
  const classes = names.split('\n').map((name) => name.trim().slice(0, LONGEST_NAME));
  const problem = problemOf(classes, survey.classes.length);
  const size = transposes ? { height: width, width: height, channels: 3 } : { height, width, channels: 3 };
  const samples = useMemo(
    () => previews.map(({ label, picture }) => ({ label, pixels: pixelsOf(picture, transposes) })),
    [previews, transposes],
  );
  const isNamed = problem === undefined;
  const shown = (isNamed ? classes : survey.classes).map((name) => ({ name, count: null }));
  return (
    <div className="steps">
      <p>
        <b>
          {countOf(train, { one: 'image', many: 'images' })} of {height}×{width} pixels
        </b>
        {test > 0 ? ` to train on and ${countText(test)} to test on` : ''}, {channels === 1 ? 'gray' : 'in colour'}, in{' '}
        {countText(survey.classes.length)} classes.
      </p>
      <Previews classes={shown} samples={samples} size={size} />
      <div className="steps-fields">
        <TitleField value={common.title} onChange={(title) => setCommon({ ...common, title })} />
        {test === 0 && <DivisionFields value={common} onChange={(changed) => setCommon({ ...common, ...changed })} />}
        <Field label="Names of the classes, one a line" error={problem}>
          {({ id, describedBy }) => (
            <textarea
              className="inp steps-names"
              id={id}
              aria-describedby={describedBy}
              rows={Math.min(6, survey.classes.length)}
              value={names}
              onChange={({ currentTarget }) => setNames(currentTarget.value)}
            />
          )}
        </Field>
        <Switch
          on={transposes}
          onChange={setTransposes}
          description="Exchanges rows and columns. The images of EMNIST lie on their side."
        >
          Turn images that lie on their side
        </Switch>
      </div>
      <LeftOutList leftOut={leftOut} />
      <OpenButton
        title={isNamed ? common.title : ''}
        refusal={refusal}
        onOpen={() => onMake({ kind: 'idx', ...common, title: common.title.trim(), classes, transposes })}
      />
    </div>
  );
}

function problemOf(classes: readonly string[], count: number): string | undefined {
  if (classes.length !== count) return `There are ${count} classes and ${classes.length} names.`;
  if (classes.includes('')) return 'A class has no name.';
  return new Set(classes).size < count ? 'Two classes have the same name.' : undefined;
}

/** Red, green and blue of a picture, with rows and columns exchanged where that is asked for. */
function pixelsOf({ width, height, data }: Picture, transposes: boolean): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const from = transposes ? (pixel % height) * width + Math.floor(pixel / height) : pixel;
    return data[from * 4 + channel] ?? 0;
  });
}
