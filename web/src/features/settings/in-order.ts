import type { ObjectDef } from '../../api/types.ts';

const groups = ['process', 'customer', 'org', 'settings', 'analysis', 'system'];
const place = ({ custom, group = '' }: ObjectDef): number => (custom ? -1 : groups.indexOf(group) + 1 || groups.length);

// The organisation's own objects first, then what is sold to whom, the machinery's at the end.
export const inOrder = (objects: ObjectDef[]): ObjectDef[] => [...objects].sort((a, b) => place(a) - place(b));
