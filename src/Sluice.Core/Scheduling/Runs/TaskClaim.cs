namespace Sluice.Core.Scheduling.Runs;

/// <summary>The right of one worker to one try of a task.</summary>
/// <param name="Worker">The worker; the claim holds as long as its lease does.</param>
/// <param name="Token">The fencing token: every later claim has a greater one.</param>
public sealed record TaskClaim(string Worker, long Token);
