// /complaints: what consumers reported, and how it is handled. They are filed on the stamp's own page.

import { recordRoutes } from '../../record-routes.ts';
import { changeComplaint, changeComplaintInput } from '../../../../actions/market/change-complaint.ts';
import { listComplaints, listComplaintsQuery, readComplaint } from '../../../../actions/market/read.ts';
import type { Route } from '../../route.ts';
import { complaintShape, complaintView } from '../../shapes/market.ts';

const { list, read, change } = recordRoutes({
  path: '/complaints',
  tag: 'complaints',
  shape: complaintShape,
  view: complaintView,
});

export const complaintRoutes: readonly Route[] = [
  list({
    right: 'read-findings',
    summary: 'Complaints, newest first; a producer’s own without who complained',
    query: listComplaintsQuery,
    action: listComplaints,
  }),
  read({ right: 'read-findings', summary: 'One complaint', action: readComplaint }),
  change({
    right: 'handle-complaint',
    summary: 'Handle a complaint',
    body: changeComplaintInput,
    action: changeComplaint,
  }),
];
