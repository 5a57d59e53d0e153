import { presetById } from '../datasets/catalogue.ts';
import { dataSetWords } from '../features/data/DataSetChip.tsx';
import { useTheme } from '../features/header/use-theme.ts';
import { type HeaderTool, openTool } from '../features/header-tool.ts';
import { useDataSet, useDatasetSpec, useDraft, useTab } from '../features/lab.tsx';
import { Icon, type IconName } from '../ui/base/Icon.tsx';
import { Popover } from '../ui/overlay/Popover.tsx';
import './page-menu.css';

/** Props of {@link PageMenu}. */
export interface PageMenuProps {
  readonly anchor: Element;
  readonly onPresent: () => void;
  readonly onLessons: () => void;
  readonly onShare: () => void;
  readonly onHelp: () => void;
  readonly onClose: () => void;
}

const BELOW = { side: 'below', align: 'end' } as const;

/** On a phone, all that the header opens on wider screens, by the same names. */
export function PageMenu({ anchor, onPresent, onLessons, onShare, onHelp, onClose }: PageMenuProps) {
  const dataSet = useDataSet((data) => data);
  const dataset = useDatasetSpec();
  const hasPreset = useDraft(({ presetId }) => presetById(dataset, presetId) !== undefined);
  const isReading = useTab(({ role }) => role !== 'works');
  const [theme, toggleTheme] = useTheme();
  const { title, detail } = dataSetWords(dataSet);
  const item = (icon: IconName, words: string, press: () => void) => (
    <MenuLine icon={icon} words={words} onPress={press} onClose={onClose} />
  );
  const tool = (name: HeaderTool) => () => openTool(name, anchor);
  return (
    <Popover className="page-menu" anchor={anchor} label="Menu" placement={BELOW} onClose={onClose}>
      {hasPreset && !isReading && item('info', 'Source and figures', tool('about'))}
      <MenuLine icon="data" words={`Data set: ${title}`} detail={detail} onPress={tool('data')} onClose={onClose} />
      {item('storage', 'What is kept', tool('storage'))}
      {item('present', 'Present', onPresent)}
      {item('lesson', 'Lessons', onLessons)}
      {item('share', 'Share', onShare)}
      {item('theme', `Use the ${theme} theme`, toggleTheme)}
      {item('help', 'Help and keyboard shortcuts', onHelp)}
    </Popover>
  );
}

interface MenuLineProps {
  readonly icon: IconName;
  readonly words: string;
  readonly detail?: string | undefined;
  readonly onPress: () => void;
  readonly onClose: () => void;
}

/** Closes the menu and does what it says. */
function MenuLine({ icon, words, detail, onPress, onClose }: MenuLineProps) {
  const press = () => {
    onClose();
    onPress();
  };
  return (
    <button type="button" className="opt" onClick={press}>
      <Icon name={icon} />
      {words}
      {detail !== undefined && <small>{detail}</small>}
    </button>
  );
}
