using System.ComponentModel.DataAnnotations;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Runtime.Flow;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Teachers;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime;

/// <summary>Does tasks: opens a session, lets the student work under the teacher's supervision, and closes the session with all that
/// is known of it. Safe for use by many threads; each run is a session of its own.</summary>
public sealed class AtlasRuntime
{
    private readonly IAtlasClient _cluster;
    private readonly RunOpening _opening;
    private readonly PlanCache _plans;
    private readonly Patience _patience;

    /// <summary>A runtime for an agent.</summary>
    /// <param name="cluster">The cluster; stays the caller's.</param>
    /// <param name="parts">Who takes part.</param>
    /// <param name="configuration">How sessions proceed; null for the defaults. Its models are not made here: they come with <paramref name="parts"/>.</param>
    /// <param name="options">How the runtime deals with its surroundings; null for the defaults, with a heartbeat that
    /// comes in time for the lease of its sessions.</param>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
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
    /// <param name="cancellationToken">Ends the work; the session is closed as failed before this throws.</param>
    /// <returns>What came of it. A session that failed is a result, too: see <see cref="RunResult.Status"/> and <see cref="RunResult.Error"/>.</returns>
    /// <exception cref="Contracts.AtlasRefusedException">The session could not be opened: the request breaks a rule.</exception>
    /// <exception cref="Contracts.AtlasUnavailableException">The session could not be opened: the cluster cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = await _opening.OpenAsync(request, cancellationToken).ConfigureAwait(false);
        return await new SessionRun(_cluster, run, request, _plans, _patience)
            .RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
