import type { CityCell } from './city-plan.ts';
import { cityNews, meetingOfMonth } from './meeting-notes.ts';
import { memberHistory } from './member-history-notes.ts';
import type { SampleNote } from './sample-report.ts';

/** What a city has beside the sample: news, what is kept of each member, a year of meetings and who came. */
export function* cityOfCell(cell: CityCell): Generator<SampleNote> {
  if (cell.number % 10 === 0) yield cityNews(cell);
  for (const place of cell.members.keys()) yield* memberHistory(cell, place);
  for (let month = 0; month < cell.meetings; month++) yield* meetingOfMonth(cell, month);
}
