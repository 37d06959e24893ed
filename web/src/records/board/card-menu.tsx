// The way without a mouse: where the card may go and how it may end. One menu for all cards, beside the button that asked.
import { entryOf } from '../../actions/action-menu.tsx';
import type { Board } from '../../api/board.ts';
import type { ObjectDef, RecordData, Verb } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { MenuAt, type MenuEntry } from '../../ui/menu/menu.tsx';
import { usePeekAction } from '../peek-action.ts';
import { nameOf } from '../fields/record-name.ts';
import { judge } from './board-model.ts';
import { verdictText } from './verdict-text.ts';

type Props = {
  object: ObjectDef;
  board: Board;
  card: RecordData;
  from: string;
  button: HTMLElement;
  ends: Verb[];
  onMove: (to: string) => void;
  onEnd: (verb: Verb) => void;
  onClose: () => void;
};

export function CardMenu({ object, board, card, from, button, ends, onMove, onEnd, onClose }: Props) {
  const look = usePeekAction(object.plural, card.id, button);
  const phone = usePhone();
  const stages = board.columns.flatMap((column): MenuEntry[] => {
    const verdict = judge(object, board, from, column.key);
    if (verdict.kind === 'here') return [];
    const why = verdict.kind === 'refused' ? verdictText(verdict) : '';
    const label = pick(column.label);
    return [
      {
        key: column.key,
        label: why ? t('board.menu_refused', { stage: label, why }) : label,
        isDisabled: why !== '',
        onAction: () => onMove(column.key),
      },
    ];
  });
  const ways = ends.map((verb) => ({
    key: `verb ${verb.name}`,
    label: pick(verb.label),
    tone: verb.tone === 'bad' ? ('bad' as const) : undefined,
    onAction: () => onEnd(verb),
  }));
  return (
    <MenuAt
      label={t('records.menu_of', { name: nameOf(object, card) })}
      anchor={button}
      onClose={onClose}
      groups={[
        { key: 'look', entries: phone ? [] : [entryOf(look)] },
        { key: 'move', label: t('board.move_to'), entries: stages },
        { key: 'end', label: t('board.end'), entries: ways },
      ].filter((group) => group.entries.length > 0)}
    />
  );
}
