/**
 * Puts questions that come while one is being asked together into the next: no timer, and no answer older than its
 * question. `ask` answers in order; when it fails, all of that round fail.
 */
export class Together<Question, Answer> {
  private waiting: { question: Question; resolve(answer: Answer): void; reject(error: unknown): void }[] = [];
  private asking = false;

  constructor(private readonly askAll: (questions: Question[]) => Promise<Answer[]>) {}

  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (!this.asking) void this.go();
    });
  }

  private async go(): Promise<void> {
    this.asking = true;
    while (this.waiting.length > 0) {
      const round = this.waiting;
      this.waiting = [];
      try {
        const answers = await this.askAll(round.map(({ question }) => question));
        for (const [n, { resolve }] of round.entries()) resolve(answers[n] as Answer);
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    this.asking = false;
  }
}
