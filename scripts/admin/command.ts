// The shape of a command of the operator's tool, and its exit codes: 0 done; 1 something is wrong, and the output names
// it; 2 wrong use.

export interface Terminal {
  /** Results, for programs and people. */
  out: (line: string) => void;
  /** Faults and questions, for people. */
  err: (line: string) => void;
}

export interface Command {
  /** What `--help` shows. */
  help: string;
  /** @throws WrongUse, Wrong */
  run: (args: string[], terminal: Terminal) => Promise<void>;
}

/** Options or arguments that the command does not have: exit 2. */
export class WrongUse extends Error {}

/** Something is wrong: exit 1. One line for each fault. */
export class Wrong extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}
