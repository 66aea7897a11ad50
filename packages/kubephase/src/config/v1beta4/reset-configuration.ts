/** Schema of ResetConfiguration in v1beta4. */
import type * as v from 'valibot';
import { documentOf, flag, nested, text, texts, wordList } from '../schema/field.ts';
import { unmountFlags } from '../words.ts';
import { timeouts } from './parts.ts';

export const resetConfiguration = documentOf({
  cleanupTmpDir: flag('Empty /etc/kubernetes/tmp too.'),
  certificatesDir: text('Folder of certificates and keys to clean; that of the cluster, else /etc/kubernetes/pki, when absent.'),
  criSocket: text('Socket of the container runtime; that of the node, else found by itself, when absent.'),
  dryRun: flag('Change nothing; show what would be done.'),
  force: flag('Do not ask.'),
  ignorePreflightErrors: texts('Checks whose errors only warn; the word all means every check.'),
  skipPhases: texts('Phases to leave out.'),
  unmountFlags: wordList('Flags of umount2(2) for folders of the kubelet.', unmountFlags),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. */
export type GivenReset = v.InferOutput<typeof resetConfiguration>;
