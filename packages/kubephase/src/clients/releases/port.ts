/** The servers that tell which version a label such as `stable-1` stands for at the moment. */

/** Labels of releases, and of builds that were not released. */
export type LabelBucket = 'release' | 'ci';

export type LabelAnswer =
  | {
      readonly url: string;
      /** Without white space at its ends. Whether it is a version is for the caller to see. */
      readonly text: string;
    }
  | {
      readonly url: string;
      /** Why there is no answer; says how long that took when it was long. */
      readonly failure: string;
    };

export interface ReleaseLabels {
  /** One look; never throws for a server that does not answer. */
  lookUp(bucket: LabelBucket, label: string): Promise<LabelAnswer>;
}
