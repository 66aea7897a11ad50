/** Every word that the command line itself says. Texts of phases and flags stay with them. */

/** Sentences; wording is changed here and nowhere else. */
export const shellText = {
  stopping: (signal: string) => `${signal} received: stopping after clean-up; send it again to end at once\n`,
  interruptedBy: (signal: string) => `interrupted by ${signal}`,
};
