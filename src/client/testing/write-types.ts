import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeTypes } from './describe-types.ts';

writeFileSync(join(import.meta.dirname, '../handbook-api.generated.ts'), await describeTypes());
