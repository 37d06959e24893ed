const areas = import.meta.glob<{ [id: string]: string }>('./en/*.json', { eager: true, import: 'default' });
export const messages = Object.assign({}, ...Object.values(areas)) as { [id: string]: string };
