import type { ConsoleSample } from './console-fill.ts';

export interface BarePage {
  readonly page: string;
  /** Below the operations API. */
  readonly path: string;
  /** What reads the same rows, and does nothing else. */
  readonly bare: readonly (readonly [text: string, values: readonly unknown[]])[];
}

const PAIR = `select p.*, p.base::text as base_text from bridge.pair p`;

export function barePages({ linkId, pairId, unid, previewId }: ConsoleSample): readonly BarePage[] {
  return [
    {
      page: 'overview, 200 links',
      path: '/overview',
      bare: [
        [
          `select l.*, k.* from bridge.link l left join (
             select p.link_id, p.status, p.pending, p.blocked, count(*) as n from bridge.pair p group by 1, 2, 3, 4) k using (link_id)`,
          [],
        ],
        [`select link_id, count(*), min(at) from bridge.conflict where state = 'open' group by link_id`, []],
        [
          `select link_id, count(*), min(at) from bridge.quarantine where closed_at is null group by link_id`,
          [],
        ],
      ],
    },
    ...[24, 720].map((hours) => ({
      page: `charts, ${hours} hours, all links`,
      path: `/series?hours=${hours}`,
      bare: [
        [
          `select date_bin(make_interval(secs => $2), at, timestamptz '2000-01-01'), sum(to_handbook), sum(to_notes), max(lag_seconds)
           from bridge.link_sample where at >= now() - make_interval(hours => $1) group by 1 order by 1`,
          [hours, hours === 24 ? 300 : 7_200],
        ],
      ] as const,
    })),
    {
      page: 'link',
      path: `/links/${linkId}/detail`,
      bare: [
        [
          `select status, pending, blocked, reason, count(*) from bridge.pair where link_id = $1 group by 1, 2, 3, 4`,
          [linkId],
        ],
        [`select at, watermark from bridge.link_sample where link_id = $1 order by at`, [linkId]],
        [
          `select * from bridge.preview v join bridge.preview_entry e on e.preview_id = v.id where v.link_id = $1`,
          [linkId],
        ],
        [`select * from bridge.pass where link_id = $1 order by started_at desc limit 30`, [linkId]],
      ],
    },
    {
      page: 'documents of a link and state',
      path: `/documents?link=${linkId}&state=withheld`,
      bare: [[`${PAIR} where p.link_id = $1 and p.status = 'withheld' order by p.id limit 100`, [linkId]]],
    },
    {
      page: 'document by UNID',
      path: `/document-search?q=${unid}`,
      bare: [[`${PAIR} where p.unid = $1`, [unid]]],
    },
    {
      page: 'document by name',
      path: `/document-search?q=${encodeURIComponent('Văn 499')}`,
      bare: [[`${PAIR} where p.base::text ilike '%Văn 499%' order by p.id limit 20`, []]],
    },
    {
      page: 'document',
      path: `/documents/${pairId}`,
      bare: [
        [`${PAIR} where p.id = $1`, [pairId]],
        [`select * from bridge.journal where pair_id = $1 order by sequence`, [pairId]],
        [`select * from bridge.conflict where link_id = $1 order by at desc limit 1000`, [linkId]],
      ],
    },
    {
      page: 'conflicts',
      path: '/conflicts?state=open&limit=1000',
      bare: [
        [
          `select c.*, p.unid, p.record_id, p.entity from bridge.conflict c join bridge.pair p on p.id = c.pair_id
           where c.state = 'open' order by c.at desc limit 1000`,
          [],
        ],
      ],
    },
    {
      page: 'quarantine',
      path: '/quarantine?limit=500',
      bare: [
        [
          `select q.*, p.unid, p.record_id from bridge.quarantine q join bridge.pair p on p.id = q.pair_id
           where q.closed_at is null order by q.at desc limit 500`,
          [],
        ],
      ],
    },
    {
      page: 'withheld',
      path: '/withheld',
      bare: [
        [`select link_id, reason, count(*) from bridge.pair where status = 'withheld' group by 1, 2`, []],
      ],
    },
    {
      page: 'brake list, 500 documents',
      path: `/previews/${previewId}`,
      bare: [[`select * from bridge.preview_entry where preview_id = $1 order by place`, [previewId]]],
    },
    {
      page: 'journal, newest',
      path: '/journal?limit=50',
      bare: [[`select * from bridge.journal order by at desc limit 50`, []]],
    },
    {
      page: 'journal, what people decided',
      path: '/journal?people=true&limit=50',
      bare: [[`select * from bridge.journal where by_person is not null order by at desc limit 50`, []]],
    },
    {
      page: 'journal, of a link and event',
      path: `/journal?link=${linkId}&event=update-note&limit=50`,
      bare: [
        [
          `select * from bridge.journal where link_id = $1 and event = 'update-note' order by at desc limit 50`,
          [linkId],
        ],
      ],
    },
    {
      page: 'journal, about a document',
      path: `/journal?about=${pairId}&limit=50`,
      bare: [[`select * from bridge.journal where pair_id = $1 order by at desc limit 50`, [pairId]]],
    },
  ];
}
