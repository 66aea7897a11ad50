/** Folders of faults that are not mended yet, by name, with the reason. One that is right makes the test fail until it is taken from here. */
export const expectedFailures: Readonly<Record<string, string>> = {};
