import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/500.css';
import '@fontsource/be-vietnam-pro/600.css';
import './style/tokens.css';
import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import './style/data.css';
import { render } from 'preact';
import { ApiError, loadSession } from './api.ts';
import { watchKeys } from './keys.ts';
import { follow } from './live.ts';
import { followLinks } from './router.ts';
import { Shell } from './shell.tsx';

const root = document.getElementById('app');
if (root) {
  try {
    await loadSession();
    follow();
    followLinks();
    watchKeys();
    render(<Shell />, root);
  } catch (error) {
    // Nobody is signed in: the browser is on its way to the sign-in page.
    if (!(error instanceof ApiError && error.status === 401))
      render(<p class="notice bad">{error instanceof Error ? error.message : String(error)}</p>, root);
  }
}
