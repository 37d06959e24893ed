// The table of what can be done: palette, shortcut sheet, menus and keys all read it. What is always there comes from
// app/actions.ts; a screen adds its rows with useActions while it stands. A row that cannot be done now is not in the table.
import { useEffect, useRef } from 'react';

// In the order of the palette and the sheet.
export const actionGroups = ['here', 'record', 'list', 'create', 'go', 'view', 'help'] as const;
export type ActionGroup = (typeof actionGroups)[number];

export type Action = {
  id: string;
  // In the reader's language.
  label: string;
  // Found under these words, too.
  also?: string;
  group: ActionGroup;
  // Where it only leads to: a link.
  path?: string;
  // A word of ui/icon.tsx.
  icon?: string;
  tone?: 'bad';
  // 'mod+k', 'shift+x', '?', or one after another: 'g d'. Without mod they are letters wherever something is typed.
  keys?: string;
  // With mod: the keys work in a field, too.
  inFields?: boolean;
  // A sheet's own letters work while it lies over the page; those of the page sleep.
  inDialogs?: boolean;
  // Moves of the cursor and the like: told on the sheet, no command of the palette.
  keysOnly?: boolean;
  // False: there was nothing to do, the key is for somebody else.
  run: () => boolean | void;
};

// A row before it is known where it stands: `when` and `run` are told.
export type ActionRow<Where> = Omit<Action, 'label' | 'run'> & {
  label: (where: Where) => string;
  when?: (where: Where) => boolean;
  run: (where: Where) => boolean | void;
};

export function actionsOf<Where>(rows: ActionRow<Where>[], where: Where): Action[] {
  return rows
    .filter((row) => row.when?.(where) ?? true)
    .map((row) => ({ ...row, label: row.label(where), run: () => row.run(where) }));
}

type Layer = { depth: number; actions: Action[] };
const layers: Layer[] = [];

// Adds rows while the component stands. What lies further in wins a key: the shell is 0, a page 1, a sheet over it 2.
export function useActions(actions: Action[], depth = 1) {
  const layer = useRef<Layer>({ depth, actions });
  useEffect(() => {
    layer.current.actions = actions;
  });
  useEffect(() => {
    const own = layer.current;
    layers.push(own);
    return () => {
      layers.splice(layers.indexOf(own), 1);
    };
  }, []);
}

// Every action as of now, the innermost first, each id once.
export function actionsNow(): Action[] {
  const seen = new Set<string>();
  return layers
    .map((layer, at) => ({ layer, at }))
    .sort((a, b) => b.layer.depth - a.layer.depth || b.at - a.at)
    .flatMap(({ layer }) => layer.actions)
    .filter((action) => !seen.has(action.id) && seen.add(action.id));
}
