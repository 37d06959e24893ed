// Light, dark or as the system says; remembered on this device.
export type Theme = 'light' | 'dark' | 'system';
const remembered = 'shangdao.theme';
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

export function savedTheme(): Theme {
  const saved = localStorage.getItem(remembered);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

function paint(theme: Theme) {
  const isDark = theme === 'dark' || (theme === 'system' && dark().matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}

const listeners = new Set<() => void>();
export function onTheme(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

export function chooseTheme(theme: Theme) {
  localStorage.setItem(remembered, theme);
  paint(theme);
  for (const heard of listeners) heard();
}

export function startTheme() {
  paint(savedTheme());
  dark().addEventListener('change', () => paint(savedTheme()));
  // Paper is light.
  window.addEventListener('beforeprint', () => paint('light'));
  window.addEventListener('afterprint', () => paint(savedTheme()));
}
