/** Line icons on a 24 grid; each says nothing by itself, the text beside it does. */
const PATHS = {
  overview: 'M4 13h6V4H4zm10 7h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  document: 'M7 3h7l5 5v13H7zM14 3v5h5M10 13h6m-6 4h6',
  conflict: 'M7 4v6a4 4 0 0 0 4 4h6m0 0-3-3m3 3-3 3M7 20v-4',
  quarantine: 'M12 3l8 4v5c0 5-3.5 8-8 9-4.5-1-8-4-8-9V7zM12 8v5m0 3v.1',
  withheld: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3',
  brake: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8',
  mapping: 'M4 6h6v5H4zm10 7h6v5h-6zM10 8.5h4a2 2 0 0 1 2 2V13',
  journal: 'M6 3h12v18H6zM9 8h6m-6 4h6m-6 4h4',
  queue: 'M4 6h16M4 12h16M4 18h10',
  account: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c.6-4 3.7-6 8-6s7.4 2 8 6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 5 5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  ok: 'M5 12.5 10 17.5 19.5 7',
  alert: 'M12 4 2.5 20h19zM12 10v5m0 2.5v.1',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6m0-6-6 6',
  pause: 'M8 5v14M16 5v14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zm0-14v5l3.5 2',
  unplugged: 'M4 4l16 16M9 7V3m6 4V3M7 9v2a5 5 0 0 0 7 4.6M17 9v2a5 5 0 0 1-.4 2M12 16v5',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4m0 3v.1',
  theme: 'M12 3a9 9 0 1 0 0 18V3z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
