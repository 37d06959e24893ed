import type { RecordData } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';

// Roles and processes have a name in each language.
export const namedIn = (record: RecordData): string =>
  pick({ zh: String(record.name ?? ''), en: String(record.name_en ?? record.name ?? '') });
