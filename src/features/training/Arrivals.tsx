import { countText } from '../../core/text/number-text.ts';
import { WALL_SIZE } from '../../state/data-set.ts';
import { ImageWall } from '../../ui/image/ImageWall.tsx';
import { useDataSet } from '../lab.tsx';

/** The garments as they stream in, until the first run begins. */
export function Arrivals() {
  const wall = useDataSet((data) => data.wall);
  const images = useDataSet((data) => data.trainingImages);
  return (
    <div className="arrive">
      <div>
        <h3>{images < 60_000 ? 'The garments are arriving' : 'All garments are here'}</h3>
        <p>
          {images < 60_000
            ? 'Training can start with the first shard of 1,000 images. The others keep streaming while you work; the test set comes last.'
            : `${countText(images)} training images of ten kinds of garments, and 10,000 to test on. Press Train and watch the curves.`}
        </p>
      </div>
      <ImageWall
        images={wall}
        slots={WALL_SIZE}
        columns={matchMedia('(max-width: 760px)').matches ? 16 : 32}
        label="Garments of the training set"
      />
    </div>
  );
}
