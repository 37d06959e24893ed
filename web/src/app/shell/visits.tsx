// Remembers where the member goes, for the palette. A record has its name from the answer its page reads anyway.
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { forget, remember } from '../../actions/recent.ts';
import type { Catalogue } from '../../api/describe.ts';
import { isProblem } from '../../api/problem.ts';
import { recordQuery } from '../../api/records.ts';
import { nameOf } from '../../records/fields/record-name.ts';

type Props = { catalogue: Catalogue; member: string; pages: string[] };

export function Visits({ catalogue, member, pages }: Props) {
  const path = useLocation({ select: (location) => location.pathname });
  const [, plural = '', id = ''] = path.split('/');
  const object = /^\d+$/.test(id) ? catalogue.plural(plural) : undefined;
  const isPage = pages.includes(path);
  const record = useQuery({ ...recordQuery(plural, id), enabled: object !== undefined });
  const label = object && record.data ? nameOf(object, record.data) : '';
  const isGone = isProblem(record.error, 404);
  useEffect(() => {
    if (isPage) remember(member, { path });
    else if (isGone) forget(member, path);
    else if (object && label) remember(member, { path, label, object: object.name });
  }, [path, member, isPage, isGone, object, label]);
  return null;
}
