import { computed, effect, signal } from '@preact/signals';
import { enCodes } from './words/en.ts';
import { enPages, type Texts } from './words/en-pages.ts';
import { enWork } from './words/en-work.ts';
import { type CodeGroup, viCodes } from './words/vi.ts';
import { viPages } from './words/vi-pages.ts';
import { viWork } from './words/vi-work.ts';

export type Language = 'vi' | 'en';
type All = Texts<typeof viPages & typeof viWork>;

const LANGUAGES: Readonly<Record<Language, All>> = {
  vi: { ...viPages, ...viWork },
  en: { ...enPages, ...enWork },
};

/** Vietnamese unless this person chose otherwise. */
export const language = signal<Language>(localStorage.getItem('language') === 'en' ? 'en' : 'vi');
effect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem('language', language.value);
});

const words = computed(() => LANGUAGES[language.value]);

/** The words of the page in the language of the person. */
export function t(): All {
  return words.value;
}

/** `{name}` of a text filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A code in words; one that nobody has put into words yet is shown as it is. */
export function say(group: CodeGroup, code: string | null | undefined): string {
  if (code === null || code === undefined) return t().unknown;
  const codes = language.value === 'vi' ? viCodes : enCodes;
  return codes[group][code] ?? code;
}

export function titleOf(title: { readonly vi: string; readonly en: string }): string {
  return title[language.value];
}
