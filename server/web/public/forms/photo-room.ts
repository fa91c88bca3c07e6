// Places for forms that hold photographs: some megabytes each are in memory while they arrive and are read. Without a
// free place the words of the form are taken and its photographs are not, so that no report is lost.

import type { Request, Response } from 'express';
import { ProblemError } from '../../errors.ts';
import type { Gates } from '../../gates.ts';
import { addressOf } from '../exchange.ts';

export class PhotoRoom {
  private readonly gates: Gates;
  private readonly networkOf: (address: string) => string;

  constructor(gates: Gates, networkOf: (address: string) => string) {
    this.gates = gates;
    this.networkOf = networkOf;
  }

  /** @param take called with whether there is a place for photographs, which it holds until the answer has ended */
  async within(request: Request, response: Response, take: (hasRoom: boolean) => Promise<void>): Promise<void> {
    // Without files there is nothing to hold.
    if (!/^multipart\//i.test(request.headers['content-type'] ?? '')) return take(true);
    let hasRoom = true;
    try {
      await this.gates.pass('reports', this.networkOf(addressOf(request)), request, response);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'busy') throw error;
      hasRoom = false;
    }
    return take(hasRoom);
  }
}
