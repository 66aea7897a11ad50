/** Phase `kubelet-finalize`: changes the kubelet's files once it runs. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';
import { phase as enableClientCertRotation } from './enable-client-cert-rotation.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'paths' | 'host'>, InitFlag>({
  name: 'kubelet-finalize',
  summary: 'Finish the set-up of the kubelet after its first start',
  phases: [enableClientCertRotation],
});
