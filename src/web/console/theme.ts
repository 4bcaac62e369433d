import { effect, signal } from '@preact/signals';

export type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');
const chosen = localStorage.getItem('theme');

/** What is shown: the person's choice, else the system's. */
export const theme = signal<Theme>(
  chosen === 'light' || chosen === 'dark' ? chosen : system.matches ? 'dark' : 'light',
);
effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});
system.addEventListener('change', () => {
  if (localStorage.getItem('theme') === null) theme.value = system.matches ? 'dark' : 'light';
});

export function switchTheme(): void {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  localStorage.setItem('theme', theme.value);
}
