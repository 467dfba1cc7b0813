using System.ComponentModel.DataAnnotations;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Runtime.Flow;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Teachers;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime;

/// <summary>Does tasks: starts a session, lets the student work under the teacher's supervision, and closes the session with everything
/// known about it. Safe for concurrent use; each run is a separate session.</summary>
public sealed class AtlasRuntime
{
    private readonly IAtlasClient _cluster;
    private readonly RunOpening _opening;
    private readonly PlanCache _plans;
    private readonly Patience _patience;

    /// <summary>Initializes a runtime for an agent.</summary>
    /// <param name="cluster">The client of the cluster, which the caller disposes of.</param>
    /// <param name="parts">The participants.</param>
    /// <param name="configuration">How sessions proceed; null for the defaults. Its models are not created here: they are in
    /// <paramref name="parts"/>.</param>
    /// <param name="options">How the runtime interacts with its environment; null for the defaults, with a heartbeat that fits the lease of
    /// its sessions.</param>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    public AtlasRuntime(IAtlasClient cluster, RuntimeParts parts, AtlasConfiguration? configuration = null, AtlasRuntimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(parts);
        configuration ??= new();
        options ??= AtlasRuntimeOptions.InTimeFor(configuration.RuntimeSafety.SessionLeaseSeconds);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        var log = parts.Logging.CreateLogger<AtlasRuntime>();
        _cluster = cluster;
        _patience = new Patience(options, parts.Time, log);
        _plans = new PlanCache(parts.Time);
        _opening = new RunOpening(cluster, parts, configuration, options, _patience, log);
    }

    /// <summary>Does a task.</summary>
    /// <param name="request">The task.</param>
    /// <param name="cancellationToken">Cancels the work. The session is closed as failed before this throws.</param>
    /// <returns>The result. A failed session also has a result: see <see cref="RunResult.Status"/> and <see cref="RunResult.Error"/>.</returns>
    /// <exception cref="Contracts.AtlasRefusedException">The session could not be started because the request breaks a rule.</exception>
    /// <exception cref="Contracts.AtlasUnavailableException">The session could not be started because the cluster is unreachable.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = await _opening.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        return await new SessionRun(_cluster, run, request, _plans, _patience)
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
