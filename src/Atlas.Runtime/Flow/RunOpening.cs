using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Client;
using Atlas.Configuration;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Learning.Json;
using Atlas.Learning.Keys;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Usage;
using Atlas.Runtime.Recording;
using Microsoft.Extensions.Logging;

namespace Atlas.Runtime.Flow;

/// <summary>Opens sessions.</summary>
internal sealed class RunOpening(
    IAtlasClient cluster, RuntimeParts parts, AtlasConfiguration configuration, AtlasRuntimeOptions options, Patience patience, ILogger log)
{
    private CueDetectorSet _detectors = CueDetectorSet.Empty;

    /// <summary>Opens a session; from then on everything is recorded.</summary>
    /// <exception cref="AtlasRefusedException">The request breaks a rule, or the session has ended before.</exception>
    /// <exception cref="AtlasUnavailableException">The cluster cannot be reached.</exception>
    public async Task<RunContext> OpenAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var metadata = RunMetadata.ForStart(request, configuration);
        var start = new StartSession(
            request.Task,
            KeyOf(request),
            parts.Agent.Name,
            metadata.ToJsonString(),
            request.ExternalId ?? $"run-{Guid.NewGuid():N}");
        var session = await patience.CallAsync(() => cluster.StartSessionAsync(start, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (session.Status is not "running")
        {
            throw new AtlasRefusedException(
                $"Session {session.SessionId} with the external id '{start.ExternalId}' has ended as {session.Status} already. Use another id for another run.");
        }

        session.GoOn();
        var tracker = new UsageTracker(configuration.Learning.UsageTracking);
        var records = new SessionRecords(session, options, parts.Time, patience, log);
        return new RunContext
        {
            Task = request.Task,
            Metadata = metadata,
            Configuration = configuration,
            Options = options,
            Parts = parts,
            Session = session,
            Records = records,
            Tracker = tracker,
            Log = log,
            Events = new EventLog(
                records.Event,
                request.Observer is { } observer ? [.. parts.Observers, observer] : parts.Observers,
                configuration.Orchestration.EmitIntermediateSteps,
                parts.Time,
                log),
        };
    }

    /// <summary>Watches for the cues of the playbook that stands in the prompts.</summary>
    public async Task WatchCuesAsync(RunContext run, CancellationToken cancellationToken)
    {
        if (!configuration.Learning.UsageTracking.Enabled || !run.AppliesPlaybook || run.Session.Playbook.Version == 0)
        {
            return;
        }

        try
        {
            var description = await cluster.DescribeAsync(run.Session.LearningKey, cancellationToken).ConfigureAwait(false);
            var entries = JsonSerializer.Deserialize<ImmutableArray<PlaybookEntry>>(description.EntriesJson, AtlasJson.Options);
            var detectors = CueDetectorSet.For(entries, _detectors);
            _detectors = detectors;
            run.Tracker.Register(detectors);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            run.Warn($"Cues and adoptions are not counted: the entries of the playbook could not be read ({failure.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>The key follows from the caller's own metadata: tags that the configuration adds do not start learning anew.</summary>
    private string KeyOf(RunRequest request) => string.IsNullOrWhiteSpace(request.LearningKey)
        ? LearningKeys.Derive(parts.Agent.Name, request.Task, request.Metadata is null ? null : JsonSerializer.SerializeToElement(request.Metadata))
        : request.LearningKey;
}
