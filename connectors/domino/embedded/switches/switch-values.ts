import { DQL_SWITCHES } from '../dql/switches.ts';
import { ENGINE_SWITCHES } from '../engine/engine-quirks.ts';
import { PROTON_SWITCHES } from '../proton/quirks.ts';
import { REST_SWITCHES } from '../rest/rest-quirks.ts';

/** What each switch of the engine and its faces can be. Names are unique across all. */
export const SWITCH_VALUES = { ...ENGINE_SWITCHES, ...DQL_SWITCHES, ...PROTON_SWITCHES, ...REST_SWITCHES };
