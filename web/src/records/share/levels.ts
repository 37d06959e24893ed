import { t } from '../../i18n/i18n.ts';

export const levels = () => (['read', 'edit'] as const).map((key) => ({ key, label: t(`share.level.${key}`) }));
