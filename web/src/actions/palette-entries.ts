// The palette's entries for this member: the table of actions and the visits as of its opening, the server's records as they come.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Catalogue, useCatalogue } from '../api/describe.ts';
import { searchQuery } from '../api/records.ts';
import type { SearchHit } from '../api/types.ts';
import { pick } from '../i18n/i18n.ts';
import { useRested } from '../lib/debounce.ts';
import { type Entry, entriesOf, paletteEntries } from './palette-model.ts';
import { visitsOf } from './recent.ts';
import { type Action, actionsNow } from './registry.ts';

export function useEntries(member: string, text: string, only: 'create' | undefined, composing: boolean) {
  const catalogue = useCatalogue();
  // As of the moment it opened.
  const [local] = useState(() => localEntries(member, catalogue, actionsNow(), only));
  const typed = text.trim();
  const rested = useRested(typed, 150);
  const q = only || composing ? '' : rested;
  const found = useQuery({ ...searchQuery(q), enabled: q !== '', placeholderData: (old) => old });
  const hits = q === '' || typed === '' ? [] : hitEntries(catalogue, found.data?.data ?? []);
  const { shown, sure } = paletteEntries(local, text, hits);
  return {
    entries: shown,
    sure,
    busy: !only && typed !== '' && (q !== typed || found.isFetching),
  };
}

function localEntries(member: string, catalogue: Catalogue, actions: Action[], only: 'create' | undefined): Entry[] {
  if (only)
    return entriesOf(
      actions.filter((one) => one.group === only),
      [],
    );
  const recent = visitsOf(member).flatMap(({ path, label, object }): Entry[] => {
    // Where one is already.
    if (path === window.location.pathname) return [];
    const page = actions.find((one) => one.path === path);
    if (page) return [{ key: `recent${path}`, label: page.label, group: 'recent', icon: page.icon, path }];
    const definition = catalogue.object(object);
    if (!label || !definition) return [];
    const detail = pick(definition.label);
    return [{ key: `recent${path}`, label, detail, group: 'recent', icon: definition.name, path }];
  });
  return entriesOf(actions, recent);
}

function hitEntries(catalogue: Catalogue, hits: SearchHit[]): Entry[] {
  return hits.slice(0, 12).flatMap((hit): Entry[] => {
    const object = catalogue.object(hit.object);
    if (!object) return [];
    const path = `/${object.plural}/${hit.id}`;
    const detail = [pick(object.label), hit.subtitle].filter(Boolean).join(' · ');
    return [{ key: path, label: hit.name, detail, group: 'records', icon: object.name, path }];
  });
}
