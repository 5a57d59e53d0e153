import { NotLoaded } from './NotLoaded.tsx';
import { useMissingTool } from './tool.ts';

/** Says that what was pressed needs code that could not be fetched. Shows nothing otherwise. */
export function MissingToolNotice() {
  const missing = useMissingTool();
  if (missing === null) return null;
  const { failures, again, close } = missing;
  return (
    <NotLoaded
      title="What this needs could not be loaded."
      failures={failures}
      over
      waits
      onAgain={again}
      onClose={close}
    />
  );
}
