/** Health endpoints of the kubelet and the control plane, asked over HTTP or HTTPS. */

export interface HealthRequest {
  /** Who is asked, for messages: `kubelet`, `kube-apiserver`, … */
  readonly component: string;
  readonly url: string;
  /** PEM of the CA that must have signed the server's certificate. Without it the certificate is not verified. */
  readonly caPem?: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface HealthProbes {
  /** One request. Returns the HTTP status; throws `ProblemError` `HEALTH_UNREACHABLE` when there is no answer, `HEALTH_UNTRUSTED` when somebody else answers. */
  status(request: HealthRequest): Promise<number>;
}
