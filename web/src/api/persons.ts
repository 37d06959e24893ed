// What somebody may ask of whoever keeps records about him.
import { post } from './client.ts';
import type { Id } from './types.ts';

export const exportPerson = (plural: string, id: Id) => post<{ job: Id }>(`/${plural}/${id}/person_export`);

export const erasePerson = (plural: string, id: Id, reason: string) =>
  post<{ job: Id }>(`/${plural}/${id}/erase`, { reason });
