import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCatalogue } from '../../api/describe.ts';
import { recordQuery } from '../../api/records.ts';
import type { ObjectDef } from '../../api/types.ts';
import { Page } from '../../ui/page/page.tsx';
import { nameOf } from '../fields/reference-input.tsx';
import { NotFound } from '../not-found.tsx';

export function RecordPage() {
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read) return <NotFound />;
  return <Show key={`${plural}/${id}`} object={object} id={id} />;
}

function Show({ object, id }: { object: ObjectDef; id: string }) {
  const { data: record } = useSuspenseQuery(recordQuery(object.plural, id));
  return <Page title={nameOf(object, record)}>…</Page>;
}
