import packageFile from '../../package.json' with { type: 'json' };

/** Version of this bridge, as its package says. */
export const BRIDGE_VERSION: string = packageFile.version;
